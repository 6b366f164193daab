"""Files that may be of the same minor, criterion by criterion: match, mismatch or blank. No seal is opened.

One statement: it starts from the files that share the sound of a name, or that were asked for in the same week, and
judges each. How a pair is judged, and which pairs are proposed, is said in docs/duplicates.md.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection

from cases.files.duplicates.selectors.sql import CANDIDATES, CRITERIA, PAIR
from cases.files.models import Case
from cms.wall import scope


@dataclass(frozen=True)
class Likeness:
    """Another file beside the one that is read. In `criteria`, true is a match, false a mismatch, none a blank."""

    case_id: uuid.UUID
    reference: str
    is_same_person: bool
    criteria: dict[str, bool | None]
    born: tuple[dt.date | None, dt.date | None]
    other_born: tuple[dt.date | None, dt.date | None]

    def named(self, outcome: bool | None) -> str:
        """Return the criteria of one outcome, in words."""
        return ", ".join(CRITERIA[name] for name, criterion in self.criteria.items() if criterion is outcome)


def duplicates_of(case: Case) -> list[Likeness]:
    """List files that may be of the same minor, the most alike first; for the coordination alone."""
    return _read(CANDIDATES, {"case": case.pk})


def likeness_of(case: Case, other: Case) -> Likeness | None:
    return next(iter(_read(PAIR, {"case": case.pk, "other": other.pk})), None)


def _read(statement: str, values: dict[str, uuid.UUID]) -> list[Likeness]:
    if not scope.current().sees_all_cases():
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [_likeness(row) for row in rows]


def _likeness(row: tuple) -> Likeness:
    last = 3 + len(CRITERIA)
    criteria = dict(zip(CRITERIA, row[3:last], strict=True))
    my_first, my_last, first, last_day = row[last:]
    return Likeness(row[0], row[1], row[2], criteria, (my_first, my_last), (first, last_day))
