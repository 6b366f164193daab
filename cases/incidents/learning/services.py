"""The yearly drill: a declaration that is not one, on the same ladder, that no figure ever counts."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import manager_only
from cases.enums import IncidentType, Severity
from cases.incidents.models.declared import Incident
from cases.incidents.services.declaring import Declaration, incident_declare
from cms.partners.models import Partner
from cms.users.models import User

TYPE, SEVERITY = IncidentType.RECAPTURE, Severity.CRITICAL
"""The gravest severity, so that every level is called."""
NARRATIVE = "Exercice annuel. Aucun enfant n’est concerné : répondez comme si c’était vrai."


@transaction.atomic
def drill_start(*, partner: Partner, by: User, at: dt.datetime | None = None) -> Incident:
    """Ring everybody for a drill, the direction of this structure first. One at a time."""
    manager_only()
    if Incident.objects.open().filter(is_drill=True).exists():
        raise ValidationError("Un exercice est déjà en cours : terminez-le d’abord.", code="state")
    at = at or timezone.now()
    return incident_declare(
        Declaration(
            partner=partner,
            incident_type_id=TYPE,
            severity_id=SEVERITY,
            occurred_at=at,
            noticed_at=at,
            declared_at=at,
            narrative=NARRATIVE,
            is_confidential=False,
            is_drill=True,
        ),
        declared_by=by,
    )
