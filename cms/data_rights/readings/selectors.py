"""Who read, was refused and took out how much: counted by the database in the journal."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cms.data_rights.models import ReadingStop
from cms.data_rights.readings.rules import Brake, Limits, Pace
from cms.data_rights.readings.settings import BRAKES, LIMITS
from cms.data_rights.selectors import FILES, PARIS, SHOWN
from cms.values.settings import setting_values, setting_values_of
from cms.wall import scope

ALERT = "rights.readings.alert"
"""Line of the journal about the account that crossed a limit."""
ASKED = "brake"
NIGHT_FROM, NIGHT_TO = 22, 6
"""Hours of the night in Paris, as in the monthly review."""
KEYS = [key for key, *_ in LIMITS.values()] + [key for key, *_ in BRAKES.values()]
"""Settings of the limits, then of the brakes, in the order of `Limits`."""

_DAY = """
SELECT trim(u.first_name || ' ' || u.last_name), p.files, p.refused, p.exports, p.readings, p.refusals
  FROM readings_counted(NULL, %(start)s, %(end)s, %(files)s) p LEFT JOIN users_user u ON u.id = p.person_id
 ORDER BY p.refused DESC, p.files DESC, p.exports DESC, 1
"""
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
_PACE = """
SELECT p.person_id, p.files, p.refused, p.exports
  FROM readings_counted(NULL, %(start)s, %(end)s, %(files)s) p
 WHERE NOT EXISTS (SELECT FROM journal_line a WHERE a.object_id = p.person_id AND a.action = %(alert)s
   AND a.at >= %(start)s)
"""
# Asked at each request: the stop, the settings and the numbers of the hour in one statement. What was done before the
# direction reopened an account counts no more.
_BRAKE = """
SELECT s.is_stopped, v.latest, p.files, p.refused, p.exports, p.slowed_files, p.slowed_refused,
       p.slowed_exports, extract(epoch FROM clock_timestamp() - p.last_at)::float AS idle
  FROM (SELECT coalesce(bool_or(lifted_at IS NULL), false) AS is_stopped, max(lifted_at) AS lifted_at
          FROM rights_readingstop WHERE account_id = %(person)s) s
 CROSS JOIN (SELECT coalesce(jsonb_object_agg(k.key, k.value), '{}') AS latest
               FROM (SELECT DISTINCT ON (key) key, value FROM values_settingversion WHERE key = ANY(%(keys)s::text[])
                      ORDER BY key, changed_at DESC) k) v
  LEFT JOIN LATERAL readings_counted(%(person)s, greatest(clock_timestamp() - interval '1 hour', s.lifted_at),
                                     clock_timestamp(), %(files)s) p ON true
"""


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


def brake_ask() -> None:
    """Have the brake read with the scope of every request: it costs no query of its own."""
    scope.ask_with_scope(ASKED, _BRAKE, _parameters)


def brake_now() -> Brake:
    """Return what holds the actor back, as it stood when the scope was entered."""
    return _brake(scope.current().asked[ASKED])


def brake_of(person_id: uuid.UUID) -> Brake:
    """Return what holds this account back now. The actor asks for itself, or is the one that stops."""
    return _brake(_pace_row(person_id))


def stop_due(person_id: uuid.UUID) -> dict[str, int]:
    """Return the measures for which this account is to be stopped; none when it is already."""
    is_stopped, pace, limits = _pace(_pace_row(person_id))
    return {} if is_stopped else pace.over(limits)


def stops_open() -> list[ReadingStop]:
    return list(ReadingStop.objects.filter(lifted_at=None).select_related("account").order_by("at"))


def _parameters(person_id: uuid.UUID) -> dict[str, Any]:
    return {"person": person_id, "keys": KEYS, "files": list(FILES)}


def _pace_row(person_id: uuid.UUID) -> dict[str, Any]:
    with connection.cursor() as cursor:
        query = f"SELECT to_jsonb(b)::text FROM ({_BRAKE}) b"  # noqa: S608 (a constant)
        cursor.execute(query, _parameters(person_id))
        return json.loads(cursor.fetchone()[0])


def _brake(row: dict[str, Any]) -> Brake:
    is_stopped, pace, limits = _pace(row)
    wait = 0 if is_stopped else pace.wait(limits)
    return Brake(is_stopped, wait, tuple(pace.past(limits)) if wait else ())


def _pace(row: dict[str, Any]) -> tuple[bool, Pace, Limits]:
    values = setting_values_of(row["latest"], *KEYS)
    names = ("files", "refused", "exports")
    limits = Limits(dict(zip(LIMITS, values, strict=False)), *values[len(LIMITS) :])
    counts, slowed = {name: row[name] or 0 for name in names}, {name: row[f"slowed_{name}"] or 0 for name in names}
    return row["is_stopped"], Pace(counts, slowed, row["idle"]), limits


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
