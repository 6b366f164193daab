"""Where a notice stands, how a try ended, why an address is left in peace."""

from django.db import models


class Sees(models.TextChoices):
    PUBLIC = "public", "Ce que tout le monde lit, et rien d’autre"
    OWNER = "owner", "Ce que lit la personne qui l’a demandé"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "En attente"
    DONE = "done", "Reçu"
    GIVEN_UP = "given_up", "Abandonné"
    WITHHELD = "withheld", "Retenu : ne se lit plus"


class Outcome(models.TextChoices):
    """How one try ended."""

    RECEIVED = "received", "Reçu"
    REFUSED = "refused", "Refusé par le logiciel"
    HUNG = "hung", "Pas de réponse à temps"
    CUT = "cut", "Pas de connexion"
    TLS = "tls", "Certificat refusé"
    ADDRESS = "address", "Adresse interdite ou inconnue"


class Pause(models.TextChoices):
    FAILING = "failing", "Le logiciel ne répond plus depuis plusieurs jours"
    GONE = "gone", "Le logiciel répond que l’adresse n’existe plus"
    OWNER = "owner", "La personne qui en répond n’a plus de compte"
    ASKED = "asked", "Mis en pause à la main"


ASKED, PAUSED = "webhook", "webhook_paused"
"""Kinds of the notifications: somebody decides; an address was left in peace."""
FAILING_DAYS = "events.failing_days"
