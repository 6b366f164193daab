"""When a line answers."""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
"""Hours of a structure are those of the clock on its wall."""


def is_covered(at: dt.datetime, *, days: Collection[int], starts_at: dt.time, ends_at: dt.time) -> bool:
    """Say whether a moment is within the hours of a line. Two in the morning is of the night before."""
    local = at.astimezone(PARIS)
    time, today = local.time(), local.isoweekday()
    yesterday = (local.date() - dt.timedelta(days=1)).isoweekday()
    if starts_at == ends_at:
        return today in days
    if starts_at < ends_at:
        return today in days and starts_at <= time < ends_at
    return (today in days and time >= starts_at) or (yesterday in days and time < ends_at)
