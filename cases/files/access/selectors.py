"""Who may see a file, who opened it, who was refused: for the coordination, the direction and data protection."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.selectors import Trace
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Grant, Reveal

LONGEST = 1000
"""Lines that the coordination reads of one file; the direction and data protection read them all."""
_attached: dict[str, Callable[[uuid.UUID], QuerySet[Any]]] = {}


def attached_register(kind: str, ids: Callable[[uuid.UUID], QuerySet[Any]]) -> None:
    """Declare a kind of object that belongs to a case and to which grants are given: `ids` reads those of a case."""
    _attached[kind] = ids


@dataclass(frozen=True)
class RefusalCount:
    """Refusals of one action to one person."""

    actor_id: uuid.UUID | None
    kind: str
    action: str
    count: int
    last_at: dt.datetime


@dataclass(frozen=True)
class PartnerReading:
    """What a partner reads by its role in the file: requester, or host. Data protection does not see which partner."""

    partner_id: uuid.UUID | None
    kind: str
    since: dt.date
    until: dt.date | None


def case_of_reference(reference: str) -> uuid.UUID | None:
    """Return the id of a case, for those who check accesses without seeing files; None if unknown or not allowed."""
    return _ask("SELECT case_of_reference(%s)", reference)


def case_reference(case_id: uuid.UUID) -> str:
    """Return the reference of a case, under the same rule; empty when unknown."""
    return _ask("SELECT case_reference(%s)", case_id) or ""


def _ask(sql: str, value: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchone()[0]


def grants_on(case_id: uuid.UUID) -> tuple[list[Grant], list[Grant]]:
    """Return the grants on a case and, as far as the actor sees them, on its stays and sheets: current, then past."""
    rows = Grant.objects.on("case", case_id)
    for kind, ids in _attached.items():
        rows |= Grant.objects.filter(object_kind=kind, object_id__in=ids(case_id))
    live: list[Grant] = []
    past: list[Grant] = []
    now = timezone.now()
    for grant in rows.select_related("user").order_by("-starts_at"):
        (live if _holds(grant, now) else past).append(grant)
    return live, past


def _holds(grant: Grant, at: dt.datetime) -> bool:
    return grant.starts_at <= at and (grant.ends_at is None or grant.ends_at > at)


def reveals_on(case_id: uuid.UUID) -> list[Reveal]:
    rows = Reveal.objects.filter(object_kind="case", object_id=case_id).select_related("user")
    return list(rows.order_by("-starts_at")[:LONGEST])


def traces_on(case_id: uuid.UUID) -> Sequence[Trace] | Sequence[JournalLine]:
    """Return lines of the journal about a case and its requests, sheets, stays and incidents, latest first:
    who was refused a stay was refused the file. The coordination, to which the journal is closed, reads the last
    `LONGEST` ones.
    """
    if scope.current().has_role(Role.DIRECTION, Role.DPO):
        attached = RawSQL("SELECT id FROM case_objects(%s)", [case_id])
        lines = JournalLine.objects.filter(object_id__in=attached).order_by("-at", "-id")
        return lines  # type: ignore[return-value]  # stubs do not call a QuerySet a sequence, which it is
    return _about(case_id)


def refusals_on(case_id: uuid.UUID) -> list[RefusalCount]:
    """List who was refused the file or a part of it, how often, the last time; most recent first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM case_refusals(%s)", [case_id])
        return [RefusalCount(*row) for row in cursor.fetchall()]


def seen_by_nature(case_id: uuid.UUID) -> list[PartnerReading]:
    """List who reads a part of the file without any grant: services that asked, present and past host structures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM case_natures(%s)", [case_id])
        return [PartnerReading(*row) for row in cursor.fetchall()]


def _about(case_id: uuid.UUID) -> list[Trace]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM case_traces(%s, %s)", [case_id, LONGEST])
        return [Trace(*row) for row in cursor.fetchall()]
