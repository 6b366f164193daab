"""A worrying situation in a structure (indicator 8): declared, rated, acknowledged."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.policies import TEAM
from cases.common.rules.states import incident_after
from cases.common.services import lock, manager_only, manages, past, row_change, row_create
from cases.enums import INCIDENTS_ABOUT_STAFF, IncidentState
from cases.files.models import Case
from cases.incidents.enums import EventKind
from cases.incidents.models.declared import Incident, IncidentChild, IncidentDetail
from cases.incidents.rules import KIND, LEAST_LEVEL
from cases.incidents.runaways.services import runaway_follow
from cases.incidents.services.events import event_add
from cases.stays.models import Placement
from cms.journal.rows import row_clean
from cms.notify.duty.services.rings import ring_close, ring_open
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value
from cms.wall import scope
from cms.wall.services import reference_draw

CODED = (
    "reference",
    "partner_id",
    "placement_id",
    "service_id",
    "incident_type_id",
    "severity_id",
    "occurred_at",
    "noticed_at",
    "declared_at",
    "is_confidential",
    "is_from_outside",
    "is_test",
)
PREFIX, CONFIDENTIAL_PREFIX, DRILL_PREFIX = "I", "IC", "IX"
"""A confidential declaration has numbers of its own: a hole in those of the others would tell that it exists."""
RINGS_WITHIN = dt.timedelta(hours=24)
"""What was declared before is entered afterwards: nobody is woken for it."""


@transaction.atomic
def incident_declare(
    *,
    declared_by: User,
    incident_type_id: str,
    occurred_at: dt.datetime,
    noticed_at: dt.datetime,
    narrative: str,
    partner: Partner | None = None,
    service: Partner | None = None,
    severity_id: str | None = None,
    severity_reason: str = "",
    measures: str = "",
    placements: Sequence[Placement] = (),
    cases: Sequence[Case] = (),
    declared_at: dt.datetime | None = None,
    is_confidential: bool | None = None,
    is_test: bool = False,
    is_drill: bool = False,
    is_known_from_police: bool = False,
    structure_named: str = "",
    idempotency_key: uuid.UUID | None = None,
) -> Incident:
    """Declare an incident; whoever is on duty is called when it is grave enough.

    `service` is the requesting service that declares for its own minors: the structure is then that of their stays.
    `structure_named`: by whoever is signed in, in confidence, about a structure that they name as they know it; the
    coordination says afterwards which one it is. `is_known_from_police`: a runaway that the structure told nobody.
    Unless told, an incident that accuses a professional is confidential: only its declarant and the coordination see
    it. Without a severity, that of the type holds; another one wants a reason. The same key sent twice gives the row
    of the first time. Raises `ValidationError` for dates to come or out of order, another structure or its stay.
    """
    if idempotency_key and (known := _already_sent(declared_by, idempotency_key)):
        return known
    structure_named = structure_named.strip()
    partner_id = None if structure_named else _structure_of(partner, service, placements)
    if structure_named and (partner or service or placements or cases):
        raise ValidationError({"structure_named": "Nommez la structure, ou choisissez-la : pas les deux."})
    if not narrative.strip():
        raise ValidationError({"narrative": "Racontez les faits en quelques mots."})
    declared_at = _in_order(occurred_at, noticed_at, declared_at)
    if structure_named:
        is_confidential = True
    if is_confidential is None:
        is_confidential = incident_type_id in INCIDENTS_ABOUT_STAFF
    proposed = severity_proposed(incident_type_id, placements)
    severity_id = severity_id or proposed or ""
    if proposed and severity_id != proposed and not severity_reason.strip():
        raise ValidationError({"severity_reason": "Dites en quelques mots pourquoi une autre gravité."})
    incident = Incident(
        partner_id=partner_id,
        service=service,
        placement=placements[0] if placements else None,
        incident_type_id=incident_type_id,
        severity_id=severity_id,
        occurred_at=occurred_at,
        noticed_at=noticed_at,
        declared_at=declared_at,
        declared_on=timezone.localdate(declared_at),
        declared_by=declared_by,
        is_confidential=is_confidential,
        is_from_outside=bool(structure_named),
        is_test=is_test or is_drill,
        is_drill=is_drill,
        idempotency_key=idempotency_key,
    )
    hidden = ["partner"] if service else []
    incident.clean_fields(exclude=["reference", *hidden])
    prefix = DRILL_PREFIX if is_drill else CONFIDENTIAL_PREFIX if is_confidential else PREFIX
    incident.reference = reference_draw(prefix=prefix, year=incident.declared_on.year)
    row_create(incident, kind="incident", action="cases.incident.declare", coded=CODED, exclude=hidden)
    _children_write(incident, placements, cases)
    told = IncidentDetail(
        incident=incident,
        narrative=narrative,
        measures=measures,
        severity_reason=severity_reason.strip(),
        structure_named=structure_named or None,
    )
    row_clean(told, exclude=["incident"])
    told.save(force_insert=True)
    incident_ring(incident)
    runaway_follow(incident=incident, by=declared_by, is_known_from_police=is_known_from_police and manages())
    return incident


def _already_sent(declared_by: User, key: uuid.UUID) -> Incident | None:
    """The row of an earlier sending. A second sending at the same instant waits here for the first to be written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Incident.objects.filter(idempotency_key=key, declared_by=declared_by).first()


def _structure_of(partner: Partner | None, service: Partner | None, placements: Sequence[Placement]) -> uuid.UUID:
    """The structure of the incident. A service names children, whose stays name it; the others name the structure."""
    current = scope.current()
    if service and (manages() or service.pk in current.partners_as(Role.REQUESTER)):
        if not placements:
            raise ValidationError({"placements": "Choisissez au moins un mineur que votre service suit."})
        found = placements[0].partner_id
    elif partner and not service and (manages() or partner.pk in current.partners_as(*TEAM)):
        found = partner.pk
    else:
        raise ValidationError({"partner": "Vous ne pouvez pas déclarer au nom de cette structure."})
    if any(placement.partner_id != found for placement in placements):
        raise ValidationError({"placements": "Un de ces séjours se passe dans une autre structure."})
    return found


def _in_order(occurred_at: dt.datetime, noticed_at: dt.datetime, declared_at: dt.datetime | None) -> dt.datetime:
    declared_at = past("declared_at", declared_at or timezone.now())
    if noticed_at > declared_at:
        raise ValidationError({"noticed_at": "Le constat est postérieur à la déclaration."})
    if occurred_at > noticed_at:
        raise ValidationError({"occurred_at": "Les faits sont postérieurs au constat."})
    return declared_at


def severity_proposed(incident_type_id: str, placements: Sequence[Placement] = ()) -> str | None:
    """What the list proposes for a type, raised when a child is younger than the age that it tells."""
    value = Value.objects.filter(pk=incident_type_id).first()
    if value is None or "default_severity" not in value.extra:
        return None
    young = value.extra.get("raise_under_age") or 0
    ages = [placement.age_at_arrival for placement in placements if placement.age_at_arrival is not None]
    is_raised = bool(value.extra.get("raise_to")) and any(age < young for age in ages)
    return f"gravite:{value.extra['raise_to' if is_raised else 'default_severity']}"


def _children_write(incident: Incident, placements: Sequence[Placement], cases: Sequence[Case]) -> None:
    rows = [IncidentChild(incident=incident, placement=placement) for placement in placements]
    rows += [IncidentChild(incident=incident, case=case) for case in cases]
    IncidentChild.objects.bulk_create(rows)


def incident_ring(incident: Incident) -> None:
    """Called after each change of an incident: it rings while nobody of the network has acknowledged it."""
    is_recent = incident.declared_at > timezone.now() - RINGS_WITHIN
    counts = incident.is_drill or not incident.is_test
    level = incident.severity.extra["level"]
    if incident.state == IncidentState.DECLARED and counts and level >= LEAST_LEVEL and is_recent:
        ring_open(kind=KIND, object_id=incident.pk)
    elif manages():
        ring_close(kind=KIND, object_id=incident.pk)


@transaction.atomic
def incident_attach(*, incident: Incident, partner: Partner, by: User) -> Incident:
    """Say which structure somebody from outside named. The structure still sees nothing of it."""
    manager_only()
    lock(incident)
    if incident.partner_id is not None:
        raise ValidationError("La structure de cette déclaration est déjà dite.", code="state")
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError({"partner": "Choisissez une structure d’accueil."})
    row_change(incident, {"partner_id": partner.pk}, kind="incident", action="cases.incident.attach")
    return incident


@transaction.atomic
def incident_rate(*, incident: Incident, severity_id: str, reason: str, by: User) -> Incident:
    """The coordination changes the severity, and says why. Graver, it rings if nobody had acknowledged it."""
    manager_only()
    lock(incident)
    incident_after(incident.state, "rate")
    if not reason.strip():
        raise ValidationError({"reason": "Dites en quelques mots pourquoi."})
    if severity_id == incident.severity_id:
        raise ValidationError({"severity": "C’est déjà sa gravité."})
    row_change(incident, {"severity_id": severity_id}, kind="incident", action="cases.incident.rate")
    incident.refresh_from_db(fields=["severity"])
    event_add(incident=incident, kind=EventKind.SEVERITY, words=f"{incident.severity} : {reason.strip()}", by=by)
    incident_ring(incident)
    return incident


@transaction.atomic
def incident_acknowledge(*, incident: Incident, by: User, at: dt.datetime | None = None) -> Incident:
    """The coordination has read a declaration and follows it: the calls stop."""
    manager_only()
    lock(incident)
    values = {
        "state": incident_after(incident.state, "acknowledge"),
        "acknowledged_at": past("acknowledged_at", at or timezone.now()),
        "acknowledged_by_id": by.pk,
    }
    row_change(incident, values, kind="incident", action="cases.incident.acknowledge")
    incident_ring(incident)
    return incident
