"""Codes of the search for duplicates."""

from django.db import models


class NamePart(models.TextChoices):
    LAST = "last", "nom"
    FIRST = "first", "prénom"
    ALIAS = "alias", "autre identité"
