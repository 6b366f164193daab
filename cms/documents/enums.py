"""What the network publishes, and the steps of a reminder."""

from django.db import models


class DocumentKind(models.TextChoices):
    REFERENTIEL = "referentiel", "Référentiel"
    CURRICULUM = "curriculum", "Programme de formation"
    FSI_PROTOCOL = "fsi-protocol", "Protocole police et gendarmerie"
    CHARTER = "charter", "Charte de confidentialité"
    TRAINING_STRATEGY = "training-strategy", "Stratégie de formation"
    INCIDENT_CIRCUIT = "incident-circuit", "Circuit de remontée des incidents"


WRITTEN = (
    DocumentKind.FSI_PROTOCOL,
    DocumentKind.CHARTER,
    DocumentKind.TRAINING_STRATEGY,
    DocumentKind.INCIDENT_CIRCUIT,
)
"""Documents written as an introduction and articles; the référentiel and the curriculum have pages of their own."""

SIGNED_BY_UNITS = DocumentKind.FSI_PROTOCOL
"""The document that a unit of police or gendarmerie signs; structures sign the others."""
SIGNED_BY_STRUCTURES = (DocumentKind.REFERENTIEL, DocumentKind.INCIDENT_CIRCUIT)
"""Who directs a structure signs them, and is reminded until it is done."""


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
