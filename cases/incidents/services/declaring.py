"""Write a worrying situation in a structure (indicator 8): declare, rate, acknowledge."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

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
from cases.notices.services import transition_tell
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
"""Confidential declarations have their own numbers: a gap in the common series would reveal that one exists."""
RINGS_WITHIN = dt.timedelta(hours=24)
"""An incident entered later than this after its declaration calls nobody."""


@dataclass(frozen=True)
class Declaration:
    """What is declared of an incident.

    `service` is the requesting service that declares for its own minors: the structure is then that of their stays.
    `structure_named`: in confidence, the structure as the declarant knows it; the coordination says afterwards which
    one it is. `is_known_from_police`: a runaway that the structure told nobody. `is_confidential`: `None` keeps an
    incident that accuses a professional between its declarant and the coordination. Without `severity_id`, the
    severity of the type holds; another one wants a reason. `declared_at`: now, unless given.
    """

    incident_type_id: str
    occurred_at: dt.datetime
    noticed_at: dt.datetime
    narrative: str
    partner: Partner | None = None
    service: Partner | None = None
    severity_id: str | None = None
    severity_reason: str = ""
    measures: str = ""
    placements: Sequence[Placement] = ()
    cases: Sequence[Case] = ()
    declared_at: dt.datetime | None = None
    is_confidential: bool | None = None
    is_test: bool = False
    is_drill: bool = False
    is_known_from_police: bool = False
    structure_named: str = ""
    idempotency_key: uuid.UUID | None = None


@transaction.atomic
def incident_declare(declaration: Declaration, *, declared_by: User) -> Incident:
    """Declare an incident; whoever is on duty is called when it is grave enough.

    The same key sent twice returns the row of the first time. Raises `ValidationError` for dates to come or out of
    order, another structure or its stay.
    """
    key = declaration.idempotency_key
    if key and (known := _already_sent(declared_by, key)):
        return known
    incident = _incident_of(declaration, declared_by)
    hidden = ["partner"] if declaration.service else []
    incident.clean_fields(exclude=["reference", *hidden])
    prefix = DRILL_PREFIX if incident.is_drill else CONFIDENTIAL_PREFIX if incident.is_confidential else PREFIX
    incident.reference = reference_draw(prefix=prefix, year=incident.declared_on.year)
    row_create(incident, kind="incident", action="cases.incident.declare", coded=CODED, exclude=hidden)
    _children_write(incident, declaration.placements, declaration.cases)
    detail = IncidentDetail(
        incident=incident,
        narrative=declaration.narrative,
        measures=declaration.measures,
        severity_reason=declaration.severity_reason.strip(),
        structure_named=declaration.structure_named.strip() or None,
    )
    row_clean(detail, exclude=["incident"])
    detail.save(force_insert=True)
    incident_ring(incident)
    is_known_from_police = declaration.is_known_from_police and manages()
    runaway_follow(incident=incident, by=declared_by, is_known_from_police=is_known_from_police)
    return incident


def _incident_of(declaration: Declaration, declared_by: User) -> Incident:
    """Return the row of a declaration, neither saved nor numbered."""
    partner, service, placements = declaration.partner, declaration.service, declaration.placements
    is_named = bool(declaration.structure_named.strip())
    partner_id = None if is_named else _structure_of(partner, service, placements)
    if is_named and (partner or service or placements or declaration.cases):
        raise ValidationError({"structure_named": "Nommez la structure, ou choisissez-la : pas les deux."})
    if not declaration.narrative.strip():
        raise ValidationError({"narrative": "Racontez les faits en quelques mots."})
    declared_at = _in_order(declaration.occurred_at, declaration.noticed_at, declaration.declared_at)
    is_confidential = True if is_named else declaration.is_confidential
    if is_confidential is None:
        is_confidential = declaration.incident_type_id in INCIDENTS_ABOUT_STAFF
    proposed = severity_proposed(declaration.incident_type_id, placements)
    severity_id = declaration.severity_id or proposed or ""
    if proposed and severity_id != proposed and not declaration.severity_reason.strip():
        raise ValidationError({"severity_reason": "Dites en quelques mots pourquoi une autre gravité."})
    return Incident(
        partner_id=partner_id,
        service=service,
        placement=placements[0] if placements else None,
        incident_type_id=declaration.incident_type_id,
        severity_id=severity_id,
        occurred_at=declaration.occurred_at,
        noticed_at=declaration.noticed_at,
        declared_at=declared_at,
        declared_on=timezone.localdate(declared_at),
        declared_by=declared_by,
        is_confidential=is_confidential,
        is_from_outside=is_named,
        is_test=declaration.is_test or declaration.is_drill,
        is_drill=declaration.is_drill,
        idempotency_key=declaration.idempotency_key,
    )


def _already_sent(declared_by: User, key: uuid.UUID) -> Incident | None:
    """Return the row of an earlier sending. A concurrent second sending waits here for the first to be committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Incident.objects.filter(idempotency_key=key, declared_by=declared_by).first()


def _structure_of(partner: Partner | None, service: Partner | None, placements: Sequence[Placement]) -> uuid.UUID:
    """Return the structure of the incident: that of the stays for a service, else the one that was named."""
    current = scope.current()
    if service and (manages() or service.pk in current.partners_as(Role.REQUESTER)):
        if not placements:
            raise ValidationError({"placements": "Choisissez au moins un mineur que votre service suit."})
        structure_id = placements[0].partner_id
    elif partner and not service and (manages() or partner.pk in current.partners_as(*TEAM)):
        structure_id = partner.pk
    else:
        raise ValidationError({"partner": "Vous ne pouvez pas déclarer au nom de cette structure."})
    if any(placement.partner_id != structure_id for placement in placements):
        raise ValidationError({"placements": "Un de ces séjours se passe dans une autre structure."})
    return structure_id


def _in_order(occurred_at: dt.datetime, noticed_at: dt.datetime, declared_at: dt.datetime | None) -> dt.datetime:
    declared_at = past("declared_at", declared_at or timezone.now())
    if noticed_at > declared_at:
        raise ValidationError({"noticed_at": "Le constat est postérieur à la déclaration."})
    if occurred_at > noticed_at:
        raise ValidationError({"occurred_at": "Les faits sont postérieurs au constat."})
    return declared_at


def severity_proposed(incident_type_id: str, placements: Sequence[Placement] = ()) -> str | None:
    """Return the severity that the list proposes for a type, raised when a child is under the age that it sets."""
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
    """Open or close the ring of an incident after a change: it rings until the network acknowledges it."""
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
    """Change the severity, with a reason. A graver one rings if nobody has acknowledged the incident."""
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
    """Acknowledge a declaration for the coordination; the calls stop."""
    manager_only()
    lock(incident)
    values = {
        "state": incident_after(incident.state, "acknowledge"),
        "acknowledged_at": past("acknowledged_at", at or timezone.now()),
        "acknowledged_by_id": by.pk,
    }
    row_change(incident, values, kind="incident", action="cases.incident.acknowledge")
    incident_ring(incident)
    transition_tell("incident_taken", object_id=incident.pk, at=incident.declared_at)
    return incident
