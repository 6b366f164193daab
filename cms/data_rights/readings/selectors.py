"""Who read, was refused and took out how much: counted by the database in the journal."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cms.data_rights.readings.settings import LIMITS
from cms.data_rights.selectors import FILES, PARIS, SHOWN
from cms.values.settings import setting_values

ALERT = "rights.readings.alert"
"""Line of the journal about the account that crossed a limit."""
NIGHT_FROM, NIGHT_TO = 22, 6
"""Hours of the night in Paris, as in the monthly review."""

# A file is opened under `<kind>.read`; a refusal counts each object once, whatever the number of tries.
_COUNTED = """
    count(DISTINCT l.object_id) FILTER (WHERE l.outcome = 'read' AND l.object_kind = ANY(%(files)s)
      AND l.action = l.object_kind || '.read') AS files,
    count(DISTINCT l.object_id) FILTER (WHERE l.outcome = 'refused' AND l.object_id <> l.actor_id) AS refused,
    count(*) FILTER (WHERE l.outcome <> 'refused' AND l.action LIKE '%%.export') AS exports
"""
_DAY = f"""
SELECT trim(u.first_name || ' ' || u.last_name), {_COUNTED},
       count(*) FILTER (WHERE l.outcome = 'read') AS readings,
       count(*) FILTER (WHERE l.outcome = 'refused') AS refusals
  FROM journal_line l LEFT JOIN users_user u ON u.id = l.actor_id
 WHERE l.at >= %(start)s AND l.at < %(end)s AND l.actor_id IS NOT NULL
   AND (l.outcome IN ('read', 'refused') OR l.action LIKE '%%.export')
 GROUP BY l.actor_id, u.first_name, u.last_name ORDER BY refused DESC, files DESC, exports DESC, 1
"""  # noqa: S608 (no value stands in it)
_EXPORTS = """
SELECT l.action, l.reason, count(*), count(DISTINCT l.actor_id),
       sum(CASE WHEN jsonb_typeof(l.details -> 'rows') = 'number' THEN (l.details ->> 'rows')::integer END)
  FROM journal_line l
 WHERE l.at >= %(start)s AND l.at < %(end)s AND l.actor_id IS NOT NULL AND l.outcome <> 'refused'
   AND l.action LIKE '%%.export'
 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_NIGHT = """
SELECT trim(u.first_name || ' ' || u.last_name), l.action LIKE '%%.export' AS is_export, l.action,
       min(l.at), max(l.at), count(*), count(DISTINCT l.object_id)
  FROM journal_line l LEFT JOIN users_user u ON u.id = l.actor_id
 WHERE l.at >= %(start)s AND l.at < %(end)s AND l.actor_id IS NOT NULL AND l.outcome <> 'refused'
   AND (l.outcome = 'read' OR l.action LIKE '%%.export')
 GROUP BY l.actor_id, u.first_name, u.last_name, l.action ORDER BY 2 DESC, 6 DESC, 1, 3 LIMIT %(most)s
"""
_PACE = f"""
SELECT l.actor_id, {_COUNTED}
  FROM journal_line l
 WHERE l.at >= %(start)s AND l.at <= %(end)s AND l.actor_id IS NOT NULL
   AND (l.outcome IN ('read', 'refused') OR l.action LIKE '%%.export')
   AND NOT EXISTS (SELECT FROM journal_line a WHERE a.object_id = l.actor_id AND a.action = %(alert)s
     AND a.at >= %(start)s)
 GROUP BY l.actor_id
"""  # noqa: S608 (no value stands in it)


@dataclass(frozen=True)
class Day:
    """What one person did in a day: files and refused objects are counted once each, the rest as often as done."""

    person: str
    files: int
    refused: int
    exports: int
    readings: int
    refusals: int


@dataclass(frozen=True)
class Taken:
    """Exports of a day that have one name and one reason: how many, by how many people, and lines in all."""

    action: str
    reason: str
    count: int
    people: int
    rows: int | None


@dataclass(frozen=True)
class NightWork:
    """What one person read or took out in a night, by action."""

    person: str
    is_export: bool
    action: str
    first_at: dt.datetime
    last_at: dt.datetime
    count: int
    objects: int


@dataclass(frozen=True)
class Crossing:
    """A person past a limit in the hour: measure (`refused`, `files`, `exports`) and how many."""

    person_id: uuid.UUID
    measures: dict[str, int]


def day_of(day: dt.date) -> list[Day]:
    """Return each person who read, was refused or took something out on a day of Paris."""
    return [Day(name or "compte supprimé", *rest) for name, *rest in _ask(_DAY, _bounds(day))]


def exports_of(day: dt.date) -> list[Taken]:
    return [Taken(*row) for row in _ask(_EXPORTS, _bounds(day))]


def night_of(day: dt.date) -> list[NightWork]:
    """Return what was read and taken out in the night that ends on a day."""
    before = day - dt.timedelta(days=1)
    start, end = _at(before, NIGHT_FROM), _at(day, NIGHT_TO)
    return [NightWork(name or "compte supprimé", *rest) for name, *rest in _ask(_NIGHT, (start, end))]


def crossings(at: dt.datetime) -> list[Crossing]:
    """Return who is past a limit in the hour that ends at `at`, and of whom nobody was told in that hour."""
    limits = dict(zip(LIMITS, setting_values(*(key for key, *_ in LIMITS.values())), strict=True))
    found = []
    for person_id, files, refused, exports in _ask(_PACE, (at - dt.timedelta(hours=1), at)):
        counted = {"files": files, "refused": refused, "exports": exports}
        if past := {name: count for name, count in counted.items() if count >= limits[name]}:
            found.append(Crossing(person_id, past))
    return found


def _bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return _at(day, 0), _at(day + dt.timedelta(days=1), 0)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), PARIS)


def _ask(sql: str, bounds: tuple[dt.datetime, dt.datetime]) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "start": bounds[0],
        "end": bounds[1],
        "files": list(FILES),
        "most": SHOWN,
        "alert": ALERT,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
