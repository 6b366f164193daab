"""Until when the coordination answers an incident, and whom it calls. Delays: list « Échelle de gravité ».

Delays by day and night are counted in absolute time; working days and mornings are civil, in Paris: neither is an hour
off on the night when clocks change.
"""

import datetime as dt

from django.utils import timezone

from cases.incidents.models.declared import Incident
from cms.notify.duty.rules.holidays import holiday_name
from cms.values.models import Value
from cms.values.settings import setting_value

KIND = "incident"
LEAST_LEVEL = 2
"""A minor incident goes to the weekly register and calls nobody."""
NIGHT_LEVEL = 3
"""From this level on calls are made at night too, whatever the settings say."""
STATE_LEVEL = "cases.incident_state_level"
DIRECTION_LEVEL = 3
WORKING_CLOCK = "ouvré"
DAY_MINUTES = 24 * 60


def asks_for_retex(incident: Incident) -> bool:
    return not incident.is_drill and incident.severity.extra["level"] >= setting_value("cases.retex_level")


def answer_key(level: int) -> str:
    return f"cases.incident_answer_minutes_g{level}"


MORNING, EVENING = dt.time(8), dt.time(20)


def acknowledge_due_at(severity: Value, declared_at: dt.datetime) -> dt.datetime | None:
    """Return until when a declaration of this severity is to be acknowledged; `None` without a delay."""
    minutes = severity.extra.get("acknowledge_within_minutes")
    if minutes is None:
        return None
    if severity.extra.get("acknowledge_clock") != WORKING_CLOCK:
        return declared_at.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    local = timezone.localtime(declared_at)
    day, time = local.date(), local.time().replace(tzinfo=None)
    if not is_working(day):
        time = MORNING  # declared on a Sunday: the day begins with the next working one
    day = next_working(day)
    for _ in range(max(1, minutes // DAY_MINUTES)):
        day = next_working(day + dt.timedelta(days=1))
    return at_civil(day, time)


def is_working(day: dt.date) -> bool:
    return day.weekday() < 5 and not holiday_name(day)


def next_working(day: dt.date) -> dt.date:
    """Return this day, or the first working day after it."""
    while not is_working(day):
        day += dt.timedelta(days=1)
    return day


def not_before_morning(at: dt.datetime) -> dt.datetime:
    """Return the moment itself by day; at night, 8 a.m. of the following morning."""
    local = timezone.localtime(at)
    if MORNING <= local.time() < EVENING:
        return at
    day = local.date() if local.time() < MORNING else local.date() + dt.timedelta(days=1)
    return at_civil(day, MORNING)


def at_civil(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time)).astimezone(dt.UTC)
