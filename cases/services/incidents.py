"""A worrying situation in a structure (indicator 8): declared, acknowledged, closed."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.enums import INCIDENTS_ABOUT_STAFF
from cases.models import Incident, IncidentDetail, Placement
from cases.services.rows import lock, manager_only, manages, past, row_change, row_create
from cases.states import incident_after
from cms.access import scope
from cms.access.services import reference_draw
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role

CODED = (
    "reference",
    "partner_id",
    "placement_id",
    "incident_type_id",
    "severity_id",
    "occurred_at",
    "noticed_at",
    "declared_at",
    "is_confidential",
    "is_test",
)


@transaction.atomic
def incident_declare(
    *,
    partner: Partner,
    declared_by: User,
    incident_type_id: str,
    severity_id: str,
    occurred_at: dt.datetime,
    noticed_at: dt.datetime,
    narrative: str,
    measures: str = "",
    placement: Placement | None = None,
    declared_at: dt.datetime | None = None,
    is_confidential: bool | None = None,
    is_test: bool = False,
) -> Incident:
    """Declare an incident. Unless told, one that accuses a professional is confidential: only its declarant and the
    coordination see it. Raises `ValidationError` for dates to come or out of order, another structure or its stay.
    """
    if not _speaks_for(partner.pk):
        raise ValidationError({"partner": "Vous ne pouvez pas déclarer au nom de cette structure."})
    if placement and placement.partner_id != partner.pk:
        raise ValidationError({"placement": "Ce séjour se passe dans une autre structure."})
    if not narrative.strip():
        raise ValidationError({"narrative": "Racontez les faits en quelques mots."})
    declared_at = past("declared_at", declared_at or timezone.now())
    if noticed_at > declared_at:
        raise ValidationError({"noticed_at": "Le constat est postérieur à la déclaration."})
    if occurred_at > noticed_at:
        raise ValidationError({"occurred_at": "Les faits sont postérieurs au constat."})
    if is_confidential is None:
        is_confidential = incident_type_id in INCIDENTS_ABOUT_STAFF
    incident = Incident(
        partner=partner,
        placement=placement,
        incident_type_id=incident_type_id,
        severity_id=severity_id,
        occurred_at=occurred_at,
        noticed_at=noticed_at,
        declared_at=declared_at,
        declared_on=timezone.localdate(declared_at),
        declared_by=declared_by,
        is_confidential=is_confidential,
        is_test=is_test,
    )
    incident.clean_fields(exclude=["reference"])
    incident.reference = reference_draw(prefix="I", year=incident.declared_on.year)
    row_create(incident, kind="incident", action="cases.incident.declare", coded=CODED)
    told = IncidentDetail(incident=incident, narrative=narrative, measures=measures)
    told.full_clean(exclude=["incident"])
    told.save(force_insert=True)
    return incident


def _speaks_for(partner_id: uuid.UUID) -> bool:
    team = scope.current().partners_as(Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
    return manages() or partner_id in team


@transaction.atomic
def incident_acknowledge(*, incident: Incident, by: User, at: dt.datetime | None = None) -> Incident:
    """The coordination has read a declaration and follows it."""
    manager_only()
    lock(incident)
    values = {
        "state": incident_after(incident.state, "acknowledge"),
        "acknowledged_at": past("acknowledged_at", at or timezone.now()),
        "acknowledged_by_id": by.pk,
    }
    row_change(incident, values, kind="incident", action="cases.incident.acknowledge")
    return incident


@transaction.atomic
def incident_close(
    *, incident: Incident, by: User, has_analysis: bool = False, at: dt.datetime | None = None
) -> Incident:
    """Close an incident; `has_analysis` says whether the team looked back on it together."""
    manager_only()
    lock(incident)
    at = past("closed_at", at or timezone.now())
    state = incident_after(incident.state, "close")
    if incident.acknowledged_at and at < incident.acknowledged_at:
        raise ValidationError({"closed_at": "La clôture précède la prise en compte."})
    values = {"state": state, "closed_at": at, "has_analysis": has_analysis}
    row_change(incident, values, kind="incident", action="cases.incident.close")
    return incident
