"""What is kept of an exported workbook: its number, the rows that it counts, the line of the journal."""

import hashlib

from django.utils import timezone

from cms.journal.services import journal_append
from cms.wall.services import reference_draw
from dashboards.figures.models import Trace
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.periods import Period
from dashboards.workbook.rules import Origin

PREFIX = "EXP"
"""Of the numbers of exports: `EXP-2026-0042`, the same in the workbook and in the journal."""


def export_number_draw() -> str:
    return reference_draw(prefix=PREFIX, year=timezone.localdate().year)


def export_journal(period: Period, origin: Origin, hashes: dict[str, str]) -> None:
    """Journal a workbook: its period, its rows, its trace codes, and the hash of each sheet by its title."""
    journal_append(
        action="dashboards.indicators.export",
        details={
            "number": origin.number,
            "du": period.first,
            "au": period.last,
            "rows": origin.rows,
            "trace": origin.trace,
            "traces": origin.traces,
            "sheets": hashes,
        },
    )


def trace_of(period: Period, ids: dict[str, list[str]]) -> str:
    """Return the code that changes when a counted row enters or leaves a figure; the same rows give the same code."""
    words = [f"{period.first}/{period.last}", *(f"{code}:{','.join(sorted(keys))}" for code, keys in ids.items())]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:16].upper()
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def traces_keep(period: Period, ids: dict[str, list[str]], traces: dict[str, str], trace: str, number: str) -> None:
    """Keep which rows each code stands for. The same rows are kept once, whoever exports them again."""
    days = {"first": period.first, "last": period.last, "number": number}
    parts = [
        Trace(code=traces[code], indicator=code, keys=sorted(keys), definition=DEFINITIONS[code].version, **days)
        for code, keys in ids.items()
    ]
    known = set(Trace.objects.filter(code__in=[trace, *traces.values()]).values_list("code", flat=True))
    whole = Trace(code=trace, parts=list(traces.values()), **days)
    # Two exports of the same rows at once: the second finds the code taken, and has nothing to add.
    Trace.objects.bulk_create([row for row in (whole, *parts) if row.code not in known], ignore_conflicts=True)
