"""How an operation ends: told a year before by each of its answers, then gone."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.http import http_date

LEAST_DAYS = 365


@dataclass(frozen=True)
class Ending:
    """`Deprecation` (RFC 9745) says since when not to build on it, `Sunset` (RFC 8594) when it answers no more."""

    deprecated_on: dt.date
    ends_on: dt.date
    instead: str
    """Address, under this site, of what says what to use instead."""

    def __post_init__(self) -> None:
        if (self.ends_on - self.deprecated_on).days < LEAST_DAYS:
            raise ValueError("An operation ends a year at least after it was said so.")

    def is_over(self, day: dt.date) -> bool:
        return day >= self.ends_on

    def headers(self) -> dict[str, str]:
        return {
            "Deprecation": f"@{_seconds(self.deprecated_on)}",
            "Sunset": http_date(_seconds(self.ends_on)),
            "Link": f'<{self.instead}>; rel="deprecation"',
        }


def _seconds(day: dt.date) -> int:
    start = dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())
    return int(start.timestamp())
