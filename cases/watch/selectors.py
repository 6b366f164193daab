"""Everything that waits for the coordination now, in a few queries whatever the size of the network."""

import datetime as dt
import uuid
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject

from cases.enums import Authority, IncidentState, IncidentType, MessageKind, UnverifiedState
from cases.files.protection.models import LegalFrame
from cases.guard.models import StayDerogation
from cases.incidents.models.declared import AuthorityNotice, Incident
from cases.incidents.runaways.models import RunawayDelay
from cases.proposals.models import Proposal
from cases.proposals.selectors import proposals_of_requests
from cases.requests.board.selectors import TURN_DONE, board_rows
from cases.requests.models import Sollicitation
from cases.requests.unverified.models import UnverifiedRequest
from cases.stays.models import Placement
from cases.stays.selectors import stays_to_move
from cases.voice.models import VoiceMessage
from cms.notify.duty.rules.kinds import ring_kind
from cms.notify.models import Ring
from cms.users.models import User

MOST = 60
"""Rows of one kind that the queue reads: the board and the lists show the others."""


def requests_waiting(at: dt.datetime) -> list[tuple[Sollicitation, list[Proposal]]]:
    """Return requests that wait for a first answer, for a place, or whose service has replied, with the sheets sent
    to structures, in two queries.
    """
    rows = list(
        board_rows(at=at)
        .filter(Q(turn__lt=TURN_DONE) | Q(last_message=MessageKind.REPLY))
        .select_related("sex")[:MOST]
    )
    sheets = proposals_of_requests(row.pk for row in rows)
    return [(row, sheets.get(row.pk, [])) for row in rows]


def incidents_waiting() -> list[Incident]:
    """Return incidents that nobody has taken in charge and runaways of which the police are not noted as told. Each
    with `is_untold`, and what `delay_of` reads.
    """
    delay = RunawayDelay.objects.filter(pk=OuterRef("partner__territory_id")).values(
        known=JSONObject(
            territory_id="territory_id", day_minutes="day_minutes", night_minutes="night_minutes", protocol="protocol"
        )
    )
    told = AuthorityNotice.objects.filter(incident=OuterRef("pk"), authority_id=Authority.POLICE)
    base: QuerySet[Any] = Incident.objects.real().open()
    rows = (
        base.annotate(
            is_untold=ExpressionWrapper(
                Q(incident_type_id=IncidentType.RUNAWAY) & ~Exists(told), output_field=BooleanField()
            ),
            delay=Subquery(delay),
        )
        .filter(Q(state=IncidentState.DECLARED) | Q(is_untold=True))
        .select_related("incident_type", "severity", "partner")
        .order_by("declared_at")
    )
    return list(rows[:MOST])


def delay_of(row: Any) -> RunawayDelay | None:
    """Return the delay of the département of an incident of `incidents_waiting`."""
    return RunawayDelay(**row.delay) if row.delay else None


def stays_near() -> list[tuple[Placement, User | None]]:
    """Return the stays too near a place to keep away from, with who asked for a derogation that waits."""
    stays = stays_to_move()
    if not stays:
        return []
    waiting = StayDerogation.objects.waiting().filter(case_id__in={stay.case_id for stay in stays})
    asked = {(row.case_id, row.partner_id): row.asked_by for row in waiting.select_related("asked_by")}
    return [(stay, asked.get((stay.case_id, stay.partner_id))) for stay in stays]


def frames_running() -> list[LegalFrame]:
    return list(LegalFrame.objects.to_watch().select_related("case__sex", "frame")[:MOST])


class Stranger(NamedTuple):
    """What came in without an account: a request to verify, or what a child wrote. `is_grave`: said in danger."""

    is_child: bool
    pk: uuid.UUID
    reference: str
    at: dt.datetime
    is_grave: bool
    urgency_id: str
    urgency: str
    delays: dict[str, Any]


def strangers_waiting() -> list[Stranger]:
    """Return what came in without an account and waits, in one query for both kinds."""
    asked = UnverifiedRequest.objects.filter(state=UnverifiedState.WAITING).order_by()
    heard = VoiceMessage.objects.waiting().order_by()
    nothing = Value(None, output_field=JSONField())
    rows = asked.values_list(
        Value(False), "pk", "reference", "received_at", Value(False), "urgency_id", "urgency__label", "urgency__extra"
    ).union(
        heard.values_list(Value(True), "pk", "reference", "heard_at", "is_in_danger", Value(""), Value(""), nothing),
        all=True,
    )
    return [Stranger(*row) for row in rows.order_by("received_at")[:MOST]]


def rings_told() -> list[Ring]:
    """Return what rings for those on duty and that nobody has taken, the oldest first, in one query. Each with what
    its object says of itself: `request`, `incident` or `unverified`, None for the others.
    """
    request = JSONObject(
        reference="reference",
        sex="sex_id",
        age="age_at_reception",
        place="current_place__name",
        urgency="urgency__label",
    )
    incident = JSONObject(reference="reference", kind="incident_type__label", house="partner__code_name")
    unverified = JSONObject(reference="reference", urgency="urgency__label")
    rows = Ring.objects.open().filter(acknowledged_at=None).order_by("opened_at")
    told: QuerySet[Any] = rows.annotate(
        request=_said(Sollicitation.objects.all(), request),
        incident=_said(Incident.objects.all(), incident),
        unverified=_said(UnverifiedRequest.objects.all(), unverified),
    )
    return [row for row in told if ring_kind(row.kind).rings_network]


def _said(rows: QuerySet[Any], words: JSONObject) -> Subquery:
    return Subquery(rows.order_by().filter(pk=OuterRef("object_id")).values(said=words)[:1])
