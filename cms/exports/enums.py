from django.db import models


class ExportState(models.TextChoices):
    ASKED = "asked", "en attente"
    RUNNING = "running", "en préparation"
    READY = "ready", "prêt"
    FAILED = "failed", "interrompu"
    GONE = "gone", "retiré"


class Failure(models.TextChoices):
    CLOSED = "closed", "Cette liste ne vous est plus ouverte."
    ROWS = (
        "rows",
        "Cette liste a plus de lignes qu’une feuille Excel : resserrez les filtres, puis demandez-la de nouveau.",
    )
    QUERY = "query", "Ces filtres ne peuvent plus être lus : revenez à la liste, puis demandez-la de nouveau."
    ERROR = "error", "La préparation s’est arrêtée : demandez l’export de nouveau, puis prévenez l’administration."


PENDING = (ExportState.ASKED, ExportState.RUNNING)
