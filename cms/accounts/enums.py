"""What happens to an account, and why."""

from django.db import models


class Decision(models.TextChoices):
    """Where a request that needs a second person stands."""

    PENDING = "pending", "à décider"
    APPROVED = "approved", "accordé"
    REFUSED = "refused", "refusé"
    WITHDRAWN = "withdrawn", "retiré"
    LAPSED = "lapsed", "sans suite"


class SuspensionReason(models.TextChoices):
    """Why an account is suspended."""

    DORMANT = "dormant", "aucune connexion depuis longtemps"
    DEPARTURE = "departure", "départ"
    SECURITY = "security", "doute sur la sécurité du compte"


class CallbackNumber(models.TextChoices):
    """Where the number that was called came from: known before the request, never given with it."""

    ACCOUNT = "account", "numéro du compte"
    PARTNER = "partner", "numéro d’un contact du partenaire"
    NETWORK = "network", "numéro du carnet de la coordination"
