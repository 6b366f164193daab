"""Delays of RGPD 12(3): one month from reception, two more when the request is complex or one of many.

Counted by règlement n° 1182/71: the same day of the month, or the last day of a shorter one. Neither a week-end nor a
bank holiday pushes the day back, though the law would let it: the network answers before, never after.
"""

import calendar
import datetime as dt

ANSWER_MONTHS, LONGEST_MONTHS = 1, 3
SOON_DAYS = 7


def months_after(day: dt.date, months: int) -> dt.date:
    """31 January + 1 month is the last day of February."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = rank // 12, rank % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def answer_due(received_on: dt.date) -> dt.date:
    return months_after(received_on, ANSWER_MONTHS)


def extended_due(received_on: dt.date) -> dt.date:
    return months_after(received_on, LONGEST_MONTHS)


def time_left(due_on: dt.date, today: dt.date) -> str:
    """« en retard de 3 jours », « aujourd’hui », « dans 12 jours »."""
    days = (due_on - today).days
    if days == 0:
        return "aujourd’hui"
    count = f"{abs(days)} jour{'s' if abs(days) > 1 else ''}"
    return f"dans {count}" if days > 0 else f"en retard de {count}"
