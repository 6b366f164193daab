"""Age in whole years at an event, from what is known of the birth.

When the day or the month is unknown, the youngest possible age is kept: a doubt never takes the protection of a minor
away.
"""

import datetime as dt
from dataclasses import dataclass

from cases.files.models import MinorFacts

BEFORE_BIRTH = "Cette date précède la naissance du mineur : vérifiez l’une et l’autre."


@dataclass(frozen=True)
class Birth:
    """A birth known to the year, to the month or to the day; each less precise part is required by the next."""

    year: int
    month: int | None = None
    day: int | None = None

    def is_after(self, day: dt.date) -> bool:
        """Return whether even the earliest possible birth falls after a day."""
        return dt.date(self.year, self.month or 1, self.day or 1) > day

    def age_on(self, day: dt.date) -> int:
        """Return the youngest possible age, in whole years, on a civil day that is not before birth."""
        birthday = (self.month or 12, self.day or 31)
        return max(0, day.year - self.year - ((day.month, day.day) < birthday))


def birth_of(facts: MinorFacts) -> Birth | None:
    """Return the birth as coded on a sollicitation or a case."""
    return Birth(facts.birth_year, facts.birth_month) if facts.birth_year else None


def years_between(first: dt.date, second: dt.date) -> int:
    """Return the whole years elapsed from a day to a later one."""
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))
