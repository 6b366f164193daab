"""Export of the workbook of a period: figures, file and trace in one transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from cms.users.models import User
from dashboards.figures.selectors.comparison import compare
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.periods import CUMULATIVE, Period, period_choices
from dashboards.policies import EXPORT
from dashboards.workbook.papers.book import workbook_build
from dashboards.workbook.rules import Origin
from dashboards.workbook.services import export_journal, export_number_draw, trace_of, traces_keep

FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    content: bytes
    file_name: str
    trace: str
    number: str


@transaction.atomic
def indicators_export(*, user: User, period: Period, is_named: bool = False) -> Export:
    """Write the workbook of a period, journaled with its parameters, its counts of rows and its trace code.

    The file bears the name of whoever takes it out if they ask; the journal always does, under the number.
    Call it under the account's own scope, so that the journal names it. Raises `PermissionDenied` without the right.
    """
    report = figures_for(user, period, right=EXPORT, is_fresh=True)
    ids = counted_ids(user, period)
    rows = {code: len(keys) for code, keys in ids.items()}
    trace = trace_of(period, ids)
    traces = {code: trace_of(period, {code: keys}) for code, keys in ids.items()}
    number = export_number_draw()
    origin = Origin(
        f"{user} ({user.email})" if is_named else "", rows, trace, settings.HAVRE_FICTITIOUS, number, traces
    )
    book = workbook_build(report, origin, compare(user, report, is_cumulative=_is_cumulative(period)))
    traces_keep(period, ids, traces, trace, number)
    export_journal(period, origin, book.hashes)
    return Export(book.content, f"indicateurs-{period.first}-{period.last}.xlsx", trace, number)


def _is_cumulative(period: Period) -> bool:
    return any(item.code == CUMULATIVE and item.period == period for item in period_choices())
