"""Taking the figures out: the workbook, and the line that says who took what."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall.services import reference_draw
from dashboards.figures.models import Trace
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.indicators.definitions import DEFINITIONS
from dashboards.periods import Period
from dashboards.policies import EXPORT
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
    report = figures_for(user, period, right=EXPORT, is_fresh=True)
    ids = counted_ids(user, period)
    rows = {code: len(found) for code, found in ids.items()}
    trace = trace_of(period, ids)
    traces = {code: trace_of(period, {code: found}) for code, found in ids.items()}
    number = reference_draw(prefix=PREFIX, year=timezone.localdate().year)
    origin = Origin(f"{user} ({user.email})", rows, trace, settings.HAVRE_FICTITIOUS, number, traces)
    book = workbook_build(report, origin)
    traces_keep(period, ids, traces, trace, number)
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


def traces_keep(period: Period, ids: dict[str, list[str]], traces: dict[str, str], trace: str, number: str) -> None:
    """Keep which rows each code stands for. The same rows are kept once, whoever exports them again."""
    days = {"first": period.first, "last": period.last, "number": number}
    kept = [
        Trace(code=traces[code], indicator=code, keys=sorted(found), definition=DEFINITIONS[code].version, **days)
        for code, found in ids.items()
    ]
    known = set(Trace.objects.filter(code__in=[trace, *traces.values()]).values_list("code", flat=True))
    whole = Trace(code=trace, parts=list(traces.values()), **days)
    # Two exports of the same rows at once: the second finds the code taken, and has nothing to add.
    Trace.objects.bulk_create([row for row in (whole, *kept) if row.code not in known], ignore_conflicts=True)
