"""What comes with the product, who signs, who reads, and the steps of a reminder."""

from django.db import models


class DocumentKind(models.TextChoices):
    """Documents that the code knows. The others are rows alone: any code of `documents_document` is a kind."""

    REFERENTIEL = "referentiel", "Référentiel"
    CURRICULUM = "curriculum", "Programme de formation"
    FSI_PROTOCOL = "fsi-protocol", "Protocole police et gendarmerie"
    CHARTER = "charter", "Charte de confidentialité"
    TRAINING_STRATEGY = "training-strategy", "Stratégie de formation"
    INCIDENT_CIRCUIT = "incident-circuit", "Circuit de remontée des incidents"


OWN_PAGES = (DocumentKind.REFERENTIEL, DocumentKind.CURRICULUM)
"""Documents with pages of their own; every other one, those that the network adds included, is an introduction and
articles.
"""
PROTOCOL = DocumentKind.FSI_PROTOCOL
"""The document around which units of police and gendarmerie are listed and reviewed."""


class Signer(models.TextChoices):
    """Who signs, and in whose name."""

    STRUCTURES = "structures", "La direction de chaque structure, pour sa structure"
    UNITS = "units", "Le chef de chaque unité de police ou de gendarmerie, pour son unité"
    SERVICES = "services", "La personne qui signe pour chaque service demandeur, pour son service"
    NOBODY = "nobody", "Personne : on le lit"


SIGNER_WORDS = {
    Signer.STRUCTURES: ("Structure", "votre structure", "ma structure", "la structure", "Cette structure"),
    Signer.UNITS: ("Unité", "votre unité", "mon unité", "l’unité", "Cette unité"),
    Signer.SERVICES: ("Service", "votre service", "mon service", "le service", "Ce service"),
}
"""What a signer is called: a label, yours, mine, the one, this one."""

SIGNED_AT_FIRST = {
    DocumentKind.REFERENTIEL: Signer.STRUCTURES,
    DocumentKind.INCIDENT_CIRCUIT: Signer.STRUCTURES,
    DocumentKind.FSI_PROTOCOL: Signer.UNITS,
}
"""Who signs the documents that come with the product; the others are read."""


class KindStep(models.TextChoices):
    """What takes two people, of a document that the network added."""

    SIGN = "sign", "le faire signer"
    ALONE = "alone", "publier ses versions sans seconde personne"
    RETIRE = "retire", "le retirer, alors que des signatures en tiennent"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "À valider"
    VALIDATED = "validated", "Validée, à publier"
    RETURNED = "returned", "À reprendre"
    WITHDRAWN = "withdrawn", "Retirée"
    PUBLISHED = "published", "Publiée"
    LAPSED = "lapsed", "Pas publiée le jour prévu"


class VisibilityLevel(models.TextChoices):
    """Who reads, from the widest to the narrowest."""

    PUBLIC = "public", "Tout le monde, sans compte"
    NETWORK = "network", "Le réseau"
    ROLES = "roles", "Certains métiers du réseau"


OPEN_PROPOSALS = (ProposalState.PROPOSED, ProposalState.VALIDATED)

DELAY_DAYS = "documents.acknowledgement_days"
FIRST_DAYS, LAST_DAYS = "documents.first_reminder_days", "documents.last_reminder_days"
VALIDATION = "documents.validation_required"
REVIEW_DAYS = "documents.review_days"
