"""The feed: what happened, in the order of its places, under the scope of whoever asks."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from cms.events.feed.models import Event
from cms.events.feed.rules import Told


class CursorGoneError(Exception):
    """What was read last is no longer kept, or never was here: everything is to be read again."""


@dataclass(frozen=True)
class Slice:
    """Events after a place. `cursor`: what to ask from next time; empty as long as nothing was ever read."""

    events: list[Event]
    cursor: str
    has_more: bool


def told(event: Event) -> Told:
    return Told(str(event.key), event.kind, event.object, event.object_id, event.at.isoformat())


def position_of(key: uuid.UUID) -> int:
    """Return the place of an event, seen or not: a right that was lost meanwhile loses nobody's place.

    Raises `CursorGoneError`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_position(%s)", [key])
        position = cursor.fetchone()[0]
    if position is None:
        raise CursorGoneError
    return position


def events_after(key: uuid.UUID | None, *, kinds: Collection[str] = (), limit: int) -> Slice:
    """Return what the scope may see after an event. Raises `CursorGoneError`."""
    rows = Event.objects.filter(position__gt=position_of(key) if key else 0).order_by("position")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    found = list(rows[: limit + 1])
    events = found[:limit]
    return Slice(events, str(events[-1].key if events else key or ""), len(found) > limit)
