from django.db import models


class Zone(models.TextChoices):
    """Where a territory stands; the 101 départements are METRO and DROM together."""

    METRO = "metro", "métropole"
    DROM = "drom", "département d’outre-mer"
    COM = "com", "collectivité d’outre-mer"


class AseKind(models.TextChoices):
    """Legal nature of an authority in charge of the aide sociale à l’enfance, as it stands today."""

    CONSEIL_DEPARTEMENTAL = "conseil_departemental", "conseil départemental"
    METROPOLE = "metropole", "métropole"
    VILLE_DE_PARIS = "ville_de_paris", "Ville de Paris"
    COLLECTIVITE_EUROPEENNE = "collectivite_europeenne", "collectivité européenne"
    STATUT_PARTICULIER = "statut_particulier", "collectivité à statut particulier"
    COLLECTIVITE_UNIQUE = "collectivite_unique", "collectivité territoriale unique"
    DEPARTEMENT_REGION = "departement_region", "département-région"


class Portion(models.TextChoices):
    """Share of a département under an authority: only the Rhône is split, between two authorities."""

    ENTIER = "entier", "en entier"
    PARTIEL = "partiel", "en partie"
