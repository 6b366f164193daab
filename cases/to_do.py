"""What waits for the direction of a structure, read at once: a home page has few queries to spend."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from cases.linking.selectors import linkings_to_agree
from cases.models import Party
from cases.selectors import placements_of_structure

ARRIVAL, AGREEMENT, WAIVED = "arrival", "agreement", "waived"


class Task(NamedTuple):
    """`reference` is the case's, empty while it is hidden; `on` is when it began to wait, or is due."""

    kind: str
    pk: uuid.UUID
    reference: str
    words: str
    on: dt.date


def structure_tasks() -> list[Task]:
    """Agreements to give, then arrivals to confirm, each the oldest first."""
    own = linkings_to_agree(Party.STRUCTURE)
    parts = [
        _part(own.filter(placement=None), AGREEMENT, on="opened_at"),
        _part(own.exclude(placement=None), WAIVED, on="opened_at"),
        _part(
            placements_of_structure().filter(confirmed_at=None),
            ARRIVAL,
            on="arrived_on",
            reference="case__reference",
            words="legal_frame__label",
        ),
    ]
    order = [WAIVED, AGREEMENT, ARRIVAL]
    found = [Task(*row) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(found, key=lambda task: (order.index(task.kind), task.on))


def _part(rows: QuerySet, kind: str, *, on: str, reference: str = "", words: str = "") -> QuerySet:
    """Rows of one kind, in the columns of `Task`."""
    told = {"reference": reference, "words": words}
    columns = {
        f"task_{name}": Cast(F(path), CharField()) if path else Value("", CharField()) for name, path in told.items()
    }
    return (
        rows.prefetch_related(None)
        .select_related(None)
        .order_by()
        .annotate(task_kind=Value(kind, CharField()), task_on=Cast(F(on), DateField()), **columns)
        .values_list("task_kind", "pk", "task_reference", "task_words", "task_on")
    )
