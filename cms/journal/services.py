import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from cms.journal.context import request_id_current
from cms.journal.enums import Outcome

SYSTEM_ACTOR = "journal"


@dataclass(frozen=True)
class Refusal:
    """An access that was refused to the actor of the request, to be written once its transaction is over."""

    kind: str
    object_id: UUID | None
    action: str
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Reading:
    """What the actor consulted in the request, kept so that the line outlives a rollback."""

    kind: str
    object_id: UUID | None
    details: Mapping[str, Any] | None


_refusals: ContextVar[tuple[Refusal, ...]] = ContextVar("journal_refusals", default=())
_readings: ContextVar[tuple[Reading, ...]] = ContextVar("journal_readings", default=())


def journal_append(
    *,
    action: str,
    kind: str = "",
    object_id: UUID | None = None,
    outcome: str = Outcome.DONE,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write a line in the current transaction, under the actor of its scope.

    `action` is dotted (`cases.case.close`), `kind` is registered for its table (`case`). `details` come from
    `changes()` or hold codes and counts: never free text, never a sealed value.
    Raises `DatabaseError` when nobody is acting, except for actions of `auth.`.
    """
    written = json.dumps(details or {}, cls=DjangoJSONEncoder)
    values: list[Any] = [action, kind, object_id, str(outcome), reason, written, request_id_current()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_append(%s, %s, %s::uuid, %s, %s, %s::jsonb, %s)", values)


def journal_read(kind: str, object_id: UUID | None, *, details: Mapping[str, Any] | None = None) -> None:
    """Write that the actor consulted an object, or a list of them (no id, and their number in `details`).

    Called before the answer is built, so that a reading which cannot be written is not given.
    """
    _readings.set((*_readings.get(), Reading(kind, object_id, details)))
    journal_append(action=f"{kind}.read", kind=kind, object_id=object_id, outcome=Outcome.READ, details=details)


def readings_take() -> tuple[Reading, ...]:
    """Return the readings of this request so far, which are forgotten at the same time."""
    taken = _readings.get()
    _readings.set(())
    return taken


def readings_write(readings: Iterable[Reading]) -> None:
    """Write again what a rollback took away, in a transaction where the actor's scope is entered again."""
    for reading in readings:
        journal_read(reading.kind, reading.object_id, details=reading.details)
    readings_take()


def refusal_queue(kind: str, object_id: UUID, action: str) -> None:
    """Keep a refusal until the request's transaction is rolled back. `kind` is registered by a migration."""
    _refusals.set((*_refusals.get(), Refusal(kind, object_id, action)))


def attempt_refused(action: str, details: Mapping[str, Any]) -> None:
    """Keep a refusal about no object (a sign-in that nobody owns yet) until the request is rolled back."""
    _refusals.set((*_refusals.get(), Refusal("", None, action, details)))


def refusals_take() -> tuple[Refusal, ...]:
    """Refusals queued so far in this request, which are forgotten at the same time."""
    taken = _refusals.get()
    _refusals.set(())
    return taken


def refusals_write(refusals: Iterable[Refusal]) -> None:
    """Write the refusals about objects that exist, in a transaction where the actor's scope is entered again."""
    with connection.cursor() as cursor:
        for refusal in refusals:
            if refusal.object_id is None:
                journal_append(action=refusal.action, outcome=Outcome.REFUSED, details=refusal.details)
                continue
            values: list[Any] = [refusal.kind, refusal.object_id, refusal.action, request_id_current()]
            cursor.execute("SELECT journal_refuse(%s, %s::uuid, %s, %s)", values)


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    coded_fields: Iterable[str],
    sealed_fields: Iterable[str] = (),
) -> dict[str, Any]:
    """Details of a change: both values of the coded fields that differ, the bare names of the sealed or free ones.

    `before` is empty for a creation. Fields absent from both lists leave no trace.
    """
    coded = {name: [before.get(name), after.get(name)] for name in coded_fields if before.get(name) != after.get(name)}
    sealed = sorted(name for name in sealed_fields if before.get(name) != after.get(name))
    return {"coded": coded, "sealed": sealed}


@contextmanager
def acting_as_journal() -> Iterator[None]:
    """Open a transaction under the system actor `journal`, for the upkeep of the journal itself.

    The scope module stands in an upper layer; the previous actor comes back at the end of the block.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT scope_enter_system(%s)", [SYSTEM_ACTOR])
        previous = cursor.fetchone()[0]
        yield
        cursor.execute("SELECT scope_back(%s::text[])", [previous])


def journal_seal() -> int:
    """Chain the lines written since the last sealing, under numbers without a gap; return how many."""
    with acting_as_journal(), connection.cursor() as cursor:
        cursor.execute("SELECT journal_seal()")
        return cursor.fetchone()[0]


def partitions_ensure() -> None:
    """Prepare the tables of this month and of the two that follow."""
    with acting_as_journal(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_partition_ensure((date_trunc('month', now(), 'UTC') + make_interval(months => n))::date)"
            " FROM generate_series(0, 2) AS n"
        )
