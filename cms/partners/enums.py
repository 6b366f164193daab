"""What a partner is, and where a convention stands."""

from django.db import models


class PartnerKind(models.TextChoices):
    STRUCTURE = "structure", "Structure d’accueil"
    ASE = "ase", "Autorité ASE"
    REQUESTER = "requester", "Service prescripteur"
    STATE = "state", "Organisme d’État"


class Stage(models.TextChoices):
    CONTACT = "contact", "contact"
    LETTER = "letter", "lettre d’intention"
    DRAFT = "draft", "projet"
    SIGNED = "signed", "signée"
    ENDED = "ended", "échue"
    DENOUNCED = "denounced", "dénoncée"


EXTRA_DAYS = "partners.extra_place_days"

RENEWAL_FIRST, RENEWAL_SECOND, RENEWAL_LAST = (
    "partners.renewal_first_days",
    "partners.renewal_second_days",
    "partners.renewal_last_days",
)
