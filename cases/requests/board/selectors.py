"""The board of the on-call: open requests against the delays that their urgency promises, the late ones first.

The clock of a request for care runs until a place is obtained: whoever takes a request in charge does not stop it.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from cases.common.rules.listeners import Listeners
from cases.enums import Nature
from cases.requests.models import Sollicitation
from cases.requests.selectors import last_message
from cases.requests.shelter.selectors import last_shelter
from cms.values.models import Value as Degree
from cms.wall import scope

answers_of_requests = Listeners()
"""Given the `ids` of requests, what the structures asked answered, in words: `{id: sentence}`."""


def answers_said(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return where the structures asked for these requests stand, in one query."""
    said: dict[uuid.UUID, str] = {}
    for sentences in answers_of_requests.tell(ids=list(ids)):
        said |= sentences
    return said


ALL, WAITING, MINE = "toutes", "attente", "suivies"
TURN_DONE = 3
"""Turn of the requests that wait for nothing: answered, with a place or without looking for one."""


def board_rows(*, at: dt.datetime) -> QuerySet[Sollicitation]:
    """Return open requests without tests: late ones, then unanswered ones, then those for which a place is looked for,
    then others; each by urgency, then age.

    `answer_by` and `place_by` are NULL when the urgency promises no delay; `last_message` is the kind of the last one
    exchanged; `shelter_until` and `shelter_kind` say where the minor waits.
    """
    searched = Q(placed_at=None, nature_id=Nature.CARE)
    turn = Case(
        When(first_answered_at=None, answer_by__lt=at, then=Value(0)),
        When(first_answered_at=None, then=Value(1)),
        When(searched & Q(place_by__lt=at), then=Value(0)),
        When(searched, then=Value(2)),
        default=Value(TURN_DONE),
        output_field=IntegerField(),
    )
    rows: QuerySet[Any] = Sollicitation.objects.real().open()
    return (
        with_promises(rows)
        .annotate(turn=turn, last_message=last_message(), **last_shelter())
        .select_related("urgency", "requester", "nature", "taken_by", "current_place")
        .order_by("turn", "urgency__position", "received_at")
    )


def with_promises(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add `answer_by` and `place_by`, which the clock of a request reads."""
    return rows.annotate(answer_by=_promised("answer_within_minutes"), place_by=_promised("place_within_minutes"))


def _promised(key: str) -> ExpressionWrapper:
    """Return the moment that a delay of the urgency, in minutes, leads to."""
    minutes = Cast(KeyTextTransform(key, "urgency__extra"), IntegerField())
    return ExpressionWrapper(F("received_at") + minutes * Value(dt.timedelta(minutes=1)), output_field=DateTimeField())


def promised_at(urgency: Degree, received_at: dt.datetime) -> dt.datetime | None:
    """Return the moment promised for the first answer; None when this urgency promises none."""
    minutes = urgency.extra.get("answer_within_minutes")
    return received_at + dt.timedelta(minutes=minutes) if minutes else None


def board_counts(*, at: dt.datetime) -> dict[str, int]:
    """Count the requests that are late, wait for an answer, look for a place, are followed by the actor, are open."""
    return (
        board_rows(at=at)
        .order_by()
        .aggregate(
            late=Count("pk", filter=Q(turn=0)),
            waiting=Count("pk", filter=Q(first_answered_at=None)),
            searched=Count("pk", filter=Q(first_answered_at__isnull=False, turn__in=(0, 2))),
            mine=Count("pk", filter=Q(taken_by_id=scope.current().user_id)),
            all=Count("pk"),
        )
    )


def board_shown(rows: QuerySet[Any], shown: str) -> QuerySet[Any]:
    if shown == WAITING:
        return rows.filter(first_answered_at=None)
    return rows.filter(taken_by_id=scope.current().user_id) if shown == MINE else rows
