"""Reading incidents. Row security filters."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cases.common.policies import TEAM
from cases.common.selectors import row_get
from cases.enums import IncidentState
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.authorities.selectors import AuthorityCall, authority_calls
from cases.incidents.models.declared import AuthorityNotice, Incident, IncidentChild, NoticeProof
from cases.incidents.models.followed import IncidentPair
from cases.incidents.rules import asks_for_retex
from cases.incidents.runaways.selectors import return_missing
from cms.users.roles import Role
from cms.wall import scope

_PROOFS = {
    "proof_days": ArraySubquery(
        NoticeProof.objects.filter(notice=OuterRef("pk")).order_by("added_at").values("dated_on")
    )
}
TOLD = (
    Prefetch(
        "notices",
        AuthorityNotice.objects.select_related("authority", "channel", "told_by").annotate(**_PROOFS),
    ),
    Prefetch("authority_waivers", AuthorityWaiver.objects.select_related("authority", "reason", "decided_by")),
)
"""Who was told of an incident and who need not be, for its pages."""
WITHIN = dt.timedelta(hours=36)
"""Time between two declarations of one fact at most: people notice it at different hours, across a night."""
SHOWN = 5


def incident_get(*, pk: uuid.UUID, action: str, is_told: bool = False) -> Incident:
    """Return an incident that the actor follows, or raise 404.

    A service in charge of a child reads `incident_in_charge` alone. `is_told` prefetches whom it was told to.
    """
    rows = Incident.objects.followed().select_related("incident_type", "severity", "detail")
    return row_get(rows.prefetch_related(*TOLD) if is_told else rows, "incident", pk, action)


def incident_in_charge(*, pk: uuid.UUID, action: str) -> Incident:
    """Return an incident about a child of whom the actor's service is in charge, without words or structure."""
    return row_get(Incident.objects.in_charge().select_related("incident_type", "severity"), "incident", pk, action)


def incidents_in_charge() -> QuerySet[Incident]:
    """List what structures declared about children of whom the actor's services are in charge, the latest first.

    Those that the actor follows already are left out.
    """
    rows = Incident.objects.in_charge().exclude(pk__in=Incident.objects.followed().values("pk"))
    return rows.select_related("incident_type", "severity").order_by("-declared_at")


@dataclass(frozen=True)
class ChargeNotice:
    """What a notice to the service in charge holds besides the incident."""

    minors: list[str]
    """References of its own minors, never those of others."""
    told_at: dt.datetime | None
    """When the service was told, as the structure or the coordination noted it."""


def incident_of_charge(incident: Incident) -> ChargeNotice:
    with connection.cursor() as cursor:
        cursor.execute("SELECT minors, told_at FROM incident_of_charge(%s)", [incident.pk])
        row = cursor.fetchone()
    return ChargeNotice(*row) if row else ChargeNotice([], None)


def incidents_of_actor() -> QuerySet[Incident]:
    """List incidents of the actor's structures, and those that their services declared, the latest first.

    A confidential one is for its declarant alone, whoever they are.
    """
    current = scope.current()
    own = Q(partner_id__in=current.partners_as(*TEAM)) | Q(service_id__in=current.partners_as(Role.REQUESTER))
    own |= Q(is_from_outside=True, declared_by_id=current.user_id)
    return Incident.objects.filter(own).select_related("incident_type", "severity").order_by("-declared_at")


def incidents_open() -> QuerySet[Incident]:
    """List incidents that the coordination follows: not yet acknowledged first, then the gravest."""
    rows = Incident.objects.exclude(state=IncidentState.CLOSED).select_related("partner", "incident_type", "severity")
    return rows.order_by("acknowledged_at", "-severity__position", "declared_at")


def incidents_alike(incident: Incident) -> QuerySet[Incident]:
    """List declarations that may tell the same fact: same structure and hours, same type or a child in common.

    Pairs that somebody already answered are left out.
    """
    children = IncidentChild.objects.filter(incident=incident, placement__isnull=False).values("placement_id")
    shared = IncidentChild.objects.filter(incident=OuterRef("pk"), placement_id__in=children)
    answers = IncidentPair.objects.filter(
        Q(first=incident, second=OuterRef("pk")) | Q(second=incident, first=OuterRef("pk"))
    )
    return (
        Incident.objects.filter(
            Q(incident_type_id=incident.incident_type_id) | Exists(shared),
            ~Exists(answers),
            partner_id=incident.partner_id,  # type: ignore[misc]  # the stubs refuse `None` for a nullable key
            is_test=incident.is_test,
            occurred_at__range=(incident.occurred_at - WITHIN, incident.occurred_at + WITHIN),
        )
        .exclude(pk=incident.pk)
        .select_related("incident_type", "severity")
        .order_by("occurred_at")[:SHOWN]
    )


def incidents_same(incident: Incident) -> QuerySet[Incident]:
    """List declarations that somebody said to tell the same fact."""
    pairs = IncidentPair.objects.filter(is_same=True)
    ids = (
        pairs.filter(first=incident)
        .values_list("second_id", flat=True)
        .union(pairs.filter(second=incident).values_list("first_id", flat=True))
    )
    return Incident.objects.filter(pk__in=list(ids)).select_related("incident_type", "severity")


def closing_missing(incident: Incident, calls: list[AuthorityCall] | None = None) -> list[str]:
    """List what is missing before closing, empty once it may be closed; `calls`, if they were read already.

    Actions of the retour d’expérience go on after it.
    """
    missing = [] if incident.partner_id else ["Dites de quelle structure il s’agit."]
    missed = [call for call in (authority_calls(incident) if calls is None else calls) if call.is_missing]
    if missed and not incident.is_drill:
        missing.append(f"Notez qui a été informé : {' ; '.join(call.name for call in missed)}.")
    if return_missing(incident):
        missing.append("Écrivez le retour de fugue, ou terminez le séjour si le mineur ne revient pas.")
    if asks_for_retex(incident) and not incident.has_analysis:
        missing.append("Écrivez le retour d’expérience : la gravité le demande.")
    waiting = sum(task.done_at is None and not task.is_action for task in incident.tasks.all())
    if waiting:
        missing.append(f"Terminez les tâches en cours : {waiting}.")
    return missing
