from django.db import models


class RevisionReason(models.TextChoices):
    """Why a figure of a closed period is no longer what it was."""

    LATE = "late", "Saisie tardive"
    FIXED = "fixed", "Erreur corrigée"
    MERGED = "merged", "Dossiers d’une même personne rapprochés"
    CANCELLED = "cancelled", "Décision annulée"
    OTHER = "other", "Autre raison"


class Side(models.TextChoices):
    """Who asks in the conversation with the State."""

    STATE = "state", "L’État"
    NETWORK = "network", "La coordination"
