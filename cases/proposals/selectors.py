"""Reading orientations and proposals. Row security filters."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from cases.common.selectors import row_get
from cases.proposals.models import Orientation, Proposal


def orientation_get(*, pk: uuid.UUID, action: str) -> Orientation:
    rows = Orientation.objects.select_related("case", "sollicitation", "decision", "ordinary_service")
    return row_get(rows.prefetch_related("proposals__partner", "proposals__answer"), "orientation", pk, action)


def proposal_get(*, pk: uuid.UUID, action: str) -> Proposal:
    """Return a proposal with its frozen sheet. The orientation is hidden from structures: it is not joined."""
    return row_get(Proposal.objects.select_related("partner", "answer", "refusal_reason"), "proposal", pk, action)


@dataclass(frozen=True)
class Contact:
    """Whom a structure that is interested calls at the coordination."""

    name: str
    phone: str


def proposal_contact(*, proposal: Proposal) -> Contact | None:
    """Return who follows the minor at the coordination, for an interested structure while its grant lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM proposal_contact(%s)", [proposal.pk])
        row = cursor.fetchone()
    return Contact(*row) if row else None


def is_suspended(proposal: Proposal, day: dt.date) -> bool:
    """Return whether the structure of a sheet is suspended on a day, unless two people let this minor enter it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposal_suspended(%s, %s)", [proposal.pk, day])
        return cursor.fetchone()[0]


class Line(NamedTuple):
    """What the ring of a structure asks; for the system actor `notify`, which sees no sheet."""

    is_waiting: bool
    people: list[uuid.UUID]
    directors: list[uuid.UUID]
    phone: str | None
    days: list[int] | None
    starts_at: dt.time | None
    ends_at: dt.time | None


def line_to_ring(*, proposal_id: uuid.UUID) -> Line | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proposal_line(%s)", [proposal_id])
        row = cursor.fetchone()
    return Line(*row) if row else None


def silent_proposals() -> list[tuple[uuid.UUID, uuid.UUID, int | None]]:
    """Return sheets past their hour without an answer, their orientation, the minutes promised by the urgency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, orientation_id, answer_minutes FROM proposals_silent()")
        return cursor.fetchall()


def proposals_of_requests(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Proposal]]:
    """Return, for the coordination, the sheets that count of each request, in one query."""
    rows = Proposal.objects.live().filter(orientation__sollicitation__in=list(ids))
    by_request: dict[uuid.UUID, list[Proposal]] = {}
    for row in rows.select_related("partner", "answer", "orientation").without_words().order_by("answer_by", "pk"):
        by_request.setdefault(row.orientation.sollicitation_id, []).append(row)
    return by_request


def proposals_waiting() -> QuerySet[Proposal]:
    """List sheets that wait for an answer: of the actor's structures; all of them for the coordination."""
    return Proposal.objects.pending().select_related("partner").order_by("answer_by")
