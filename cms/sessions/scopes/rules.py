"""Permissions of a token. `wall.sql` says which tables each one opens; a view, which one it asks for."""

from django.db import models


class TokenScope(models.TextChoices):
    PARTNER_READ = "partner.read", "Partenaires, places et conventions"
    REQUEST_READ = "request.read", "Demandes d’accueil, sans identité ni récit"
    CASE_READ = "case.read", "Situations, sans identité"
    PROPOSAL_READ = "proposal.read", "Orientations et propositions"
    STAY_READ = "stay.read", "Séjours, absences et bilans"
    INCIDENT_READ = "incident.read", "Incidents, sauf confidentiels"
    TRAINING_READ = "training.read", "Formation : sessions, inscriptions, présences, attestations"
    DOCUMENT_READ = "document.read", "Référentiel et documents du réseau, engagements, auto-évaluations"
    FIGURES_READ = "figures.read", "Indicateurs, tableaux et publications"
    EVENT_READ = "event.read", "Fil des événements, pour ce qui est coché ici"
    PLACE_CONFIRM = "place.confirm", "Lire et confirmer les places libres"
    REQUEST_CREATE = "request.create", "Envoyer des demandes d’accueil"
    TRAINING_PLAN = "training.plan", "Planifier des sessions de formation"
    TRAINING_RECORD = "training.record", "Relever les présences d’une formation"


WRITES = (
    TokenScope.PLACE_CONFIRM,
    TokenScope.REQUEST_CREATE,
    TokenScope.TRAINING_PLAN,
    TokenScope.TRAINING_RECORD,
)
READS = tuple(each for each in TokenScope if each not in WRITES)
ANY = ""
"""What a view asks for when any token opens it: words of lists, which tell of nobody."""
