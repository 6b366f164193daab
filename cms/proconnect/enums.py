"""States of a request for an account, reasons of a refusal, and what may go wrong at the provider's."""

from django.db import models


class RequestState(models.TextChoices):
    PENDING = "pending", "à traiter"
    APPROVED = "approved", "acceptée"
    REFUSED = "refused", "refusée"
    LINKED = "linked", "reliée par son titulaire"


class RefusalReason(models.TextChoices):
    OUTSIDE = "outside", "Service qui ne fait pas partie du réseau"
    UNKNOWN = "unknown", "Personne que son service n’a pas annoncée"
    HAS_ACCOUNT = "has_account", "Personne qui a déjà un compte"
    OTHER_WAY = "other_way", "Compte à demander à la direction de la structure"


class Fault(models.TextChoices):
    """Why a sign-in stops. The value goes to the journal; pages.py has the words for the person."""

    STATE = "state"
    CANCELLED = "cancelled"
    PROVIDER = "provider"
    CODE = "code"
    DOWN = "down"
    EXPIRED = "expired"
    SIGNATURE = "signature"
    CLAIMS = "claims"
    INCOMPLETE = "incomplete"
    TAKEN = "taken"
    REFUSED = "refused"
