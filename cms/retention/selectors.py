"""Dates, rules and batches, as the functions of the database answer them: who may ask is decided there."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from cms.retention.models import RetentionKind

SOON_DAYS, LATER_DAYS = 30, 90


def _rows(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@dataclass(frozen=True)
class RetentionDate:
    """How long one object is kept, and why."""

    label: str
    deed: str
    starting_point: str
    starts_on: dt.date | None
    months: int
    due_on: dt.date | None
    is_held: bool
    forgotten_at: dt.datetime | None
    reason: str
    basis: str
    is_basis_verified: bool


@dataclass(frozen=True)
class DueObject:
    kind: str
    label: str
    object_kind: str
    object_id: uuid.UUID
    reference: str
    due_on: dt.date
    is_held: bool


@dataclass(frozen=True)
class Rule:
    """The rule in force of a kind."""

    kind: str
    months: int
    reason: str
    basis: str
    is_basis_verified: bool
    in_force_at: dt.datetime | None


@dataclass(frozen=True)
class Simulation:
    """How many objects leave today, and until `until`, under a duration."""

    months: int
    now: int
    later: int
    until: dt.date


def retention_of(object_kind: str, object_id: uuid.UUID) -> list[RetentionDate]:
    """Dates of an object that the actor sees; empty for any other."""
    return [RetentionDate(*row) for row in _rows("SELECT * FROM retention_of(%s, %s)", object_kind, object_id)]


def due_until(until: dt.date) -> list[DueObject]:
    """Return what leaves until a day, held or not, the earliest first."""
    return [DueObject(*row) for row in _rows("SELECT * FROM retention_list(%s)", until)]


def rules_in_force() -> dict[str, Rule]:
    return {row[0]: Rule(*row) for row in _rows("SELECT * FROM retention_rules()")}


def simulate(kind: RetentionKind, months: int, *, days: int = LATER_DAYS) -> Simulation:
    until = today() + dt.timedelta(days=days)
    [(now, later)] = _rows("SELECT now_due, due FROM retention_simulate(%s, %s, %s)", kind.pk, months, until)
    return Simulation(months, now, later, until)


def objects_of_reference(reference: str) -> list[tuple[str, uuid.UUID]]:
    """Kind and id of what bears a reference, for who may place a hold."""
    return _rows("SELECT object_kind, object_id FROM retention_find(%s)", reference)


def today() -> dt.date:
    return timezone.localdate()


def duration_words(months: int) -> str:
    """`2 ans`, `18 mois`, `1 an`."""
    if months % 12:
        return f"{months} mois"
    years = months // 12
    return f"{years} an" if years == 1 else f"{years} ans"
