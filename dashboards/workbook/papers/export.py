"""Export of the workbook of a period: figures, file and trace in one transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.periods import Period
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
def indicators_export(*, user: User, period: Period) -> Export:
    """Write the workbook of a period, journaled with its parameters, its counts of rows and its trace code.

    Call it under the account's own scope, so that the journal names it. Raises `PermissionDenied` without the right.
    """
    report = figures_for(user, period, right=EXPORT, is_fresh=True)
    ids = counted_ids(user, period)
    rows = {code: len(keys) for code, keys in ids.items()}
    trace = trace_of(period, ids)
    traces = {code: trace_of(period, {code: keys}) for code, keys in ids.items()}
    number = export_number_draw()
    origin = Origin(f"{user} ({user.email})", rows, trace, settings.HAVRE_FICTITIOUS, number, traces)
    book = workbook_build(report, origin)
    traces_keep(period, ids, traces, trace, number)
    export_journal(period, origin, book.hashes)
    return Export(book.content, f"indicateurs-{period.first}-{period.last}.xlsx", trace, number)
