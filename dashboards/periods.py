"""Periods of figures: civil days of Paris, both included, whatever the hour or the day of entry."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.values.settings import setting_value

CONVENTION_YEARS = 3
LONGEST_YEARS = 10
CUMULATIVE = "cumul"
"""Code of the preset that counts since the beginning: no period comes before it."""


@dataclass(frozen=True)
class Period:
    """From `first` to `last`. States (stock, conventions in force) are read on `as_of`: never in the future."""

    first: dt.date
    last: dt.date

    @property
    def as_of(self) -> dt.date:
        return min(self.last, timezone.localdate())

    @property
    def months(self) -> list[dt.date]:
        """First day of each month of the period, up to `as_of`."""
        months, day = [], self.first.replace(day=1)
        while day <= self.as_of:
            months.append(day)
            day = month_end(day) + dt.timedelta(days=1)
        return months

    def part_of(self, month: dt.date) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of a month that the period holds, up to `as_of`."""
        return max(month, self.first), min(month_end(month), self.as_of)

    @property
    def state_days(self) -> list[dt.date]:
        """Last day of each month: the days on which states are read; the last one is `as_of`."""
        return [min(month_end(month), self.as_of) for month in self.months]

    def __str__(self) -> str:
        return f"du {french_day(self.first)} au {french_day(self.last)}"


@dataclass(frozen=True)
class Preset:
    code: str
    label: str
    period: Period


def french_day(day: dt.date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def day_start() -> dt.datetime:
    """Return the beginning of today in Paris. What depends on the clock is read then: figures of one day agree."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day, `years` later; 29 February becomes 28."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def convention_start() -> dt.date:
    """Return the first day of the convention with the State, which is a setting."""
    return dt.date.fromisoformat(setting_value("figures.convention_start"))


def presets(today: dt.date, start: dt.date) -> list[Preset]:
    """List the periods offered to the reader, the most useful first; none that has not begun."""
    choices = [
        Preset(f"annee-{year}", f"Année {year}", Period(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        for year in (today.year, today.year - 1)
    ]
    for year in (today.year, today.year - 1):
        choices += [
            Preset(f"semestre-{year}-2", f"2e semestre {year}", Period(dt.date(year, 7, 1), dt.date(year, 12, 31))),
            Preset(f"semestre-{year}-1", f"1er semestre {year}", Period(dt.date(year, 1, 1), dt.date(year, 6, 30))),
        ]
    for number in range(CONVENTION_YEARS):
        first, following = years_after(start, number), years_after(start, number + 1)
        choices.append(
            Preset(
                f"convention-{number + 1}",
                f"Convention, année {number + 1}",
                Period(first, following - dt.timedelta(days=1)),
            )
        )
    if start <= today:
        choices.append(Preset(CUMULATIVE, "Cumul depuis le début", Period(start, today)))
    return [preset for preset in choices if preset.period.first <= today]


def period_parse(first: str, last: str) -> Period:
    """Read two ISO days (`2026-01-01`).

    Raises `ValidationError` with the keys `du` and `au`: not a day, end before start, not begun yet, too long.
    """
    errors = {}
    days = {}
    for name, text in (("du", first), ("au", last)):
        try:
            days[name] = dt.date.fromisoformat((text or "").strip())
        except ValueError:
            errors[name] = "Donnez ce jour sous la forme AAAA-MM-JJ, par exemple 2026-01-31."
    if errors:
        raise ValidationError(errors)
    return period_check(days["du"], days["au"])


def period_check(first: dt.date, last: dt.date) -> Period:
    """Return the period. Raises `ValidationError` with a sentence that says what to change."""
    if last < first:
        raise ValidationError({"au": "La fin de la période précède son début : inversez les deux dates."})
    if first > timezone.localdate():
        raise ValidationError(
            {"du": "Cette période n’a pas encore commencé : choisissez un début au plus tard ce jour."}
        )
    if last >= years_after(first, LONGEST_YEARS):
        raise ValidationError({"au": f"Une période couvre au plus {LONGEST_YEARS} ans : rapprochez les deux dates."})
    return Period(first, last)


def period_choices() -> list[Preset]:
    return presets(timezone.localdate(), convention_start())
