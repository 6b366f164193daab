"""Taking the figures out: the workbook, and the line that says who took what."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.access.services import reference_draw
from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.periods import Period
from dashboards.policies import EXPORT
from dashboards.selectors import counted_ids, figures_for
from dashboards.workbook.book import Origin, workbook_build

FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREFIX = "EXP"
"""Of the numbers of exports: `EXP-2026-0042`, the same in the workbook and in the journal."""


@dataclass(frozen=True)
class Export:
    content: bytes
    file_name: str
    trace: str
    number: str


@transaction.atomic
def indicators_export(*, user: User, period: Period) -> Export:
    """The workbook of a period, journaled with its parameters, its counts of rows and its trace code.

    Call it under the account's own scope, so that the journal names it. Raises `PermissionDenied` without the right.
    """
    report = figures_for(user, period, right=EXPORT)
    ids = counted_ids(user, period)
    rows = {code: len(found) for code, found in ids.items()}
    trace = trace_of(period, ids)
    traces = {code: trace_of(period, {code: found}) for code, found in ids.items()}
    number = reference_draw(prefix=PREFIX, year=timezone.localdate().year)
    origin = Origin(f"{user} ({user.email})", rows, trace, settings.HAVRE_FICTITIOUS, number, traces)
    book = workbook_build(report, origin)
    journal_append(
        action="dashboards.indicators.export",
        details={
            "number": number,
            "du": period.first,
            "au": period.last,
            "rows": rows,
            "trace": trace,
            "traces": traces,
            "sheets": book.hashes,
        },
    )
    return Export(book.content, f"indicateurs-{period.first}-{period.last}.xlsx", trace, number)


def trace_of(period: Period, ids: dict[str, list[str]]) -> str:
    """Code that changes when a counted row enters or leaves a figure; the same rows give the same code."""
    words = [f"{period.first}/{period.last}", *(f"{code}:{','.join(sorted(found))}" for code, found in ids.items())]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:16].upper()
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))
