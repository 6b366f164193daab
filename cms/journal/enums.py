from django.db import models


class Outcome(models.TextChoices):
    DONE = "done", "fait"
    READ = "read", "consulté"
    REFUSED = "refused", "refusé"


class HoldReason(models.TextChoices):
    """Why months of the journal are kept beyond their delay."""

    JUSTICE = "justice", "Procédure ou réquisition judiciaire"
    CONTROL = "control", "Contrôle d’une autorité"
    BREACH = "breach", "Violation de données en cours d’examen"
    REQUEST = "request", "Demande d’une personne sur les accès à son dossier"
