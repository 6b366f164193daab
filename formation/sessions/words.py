"""How a half-day is named."""

from django.utils.formats import date_format

from formation.sessions.models.sessions import HalfDay


def half_day_label(half_day: HalfDay) -> str:
    return f"{date_format(half_day.day, 'D j F')} {half_day.get_period_display()}"
