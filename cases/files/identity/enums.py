"""What is asked of the identity of a minor before and after the arrival."""

from django.db import models


class IdentityPart(models.TextChoices):
    """What is still to be asked; the codes are those of `identity_known`, in the database."""

    LAST_NAME = "last_name", "le nom"
    FIRST_NAME = "first_name", "le prénom"
    BIRTH_DATE = "birth_date", "la date de naissance"
    PORTRAIT = "portrait", "une photo"
