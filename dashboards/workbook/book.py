"""Assembling the workbook from a report: nothing is worked out here."""

import io
from dataclasses import dataclass

from django.utils import timezone
from openpyxl import Workbook

from dashboards.selectors import Report
from dashboards.workbook.sheets import definitions_sheet, indicator_sheet, parameters_sheet, quality_sheet
from dashboards.workbook.summary import summary_sheet


@dataclass(frozen=True)
class Origin:
    """Who took the workbook out, from which rows. `trace` finds the same rows again in the journal."""

    author: str
    rows: dict[str, int]
    trace: str
    is_fictitious: bool


def workbook_bytes(report: Report, origin: Origin) -> bytes:
    """The file, ready to be saved as .xlsx."""
    book = Workbook()
    book.properties.title = "Indicateurs du réseau"
    book.properties.creator = "Havre"
    book.properties.created = timezone.localtime(report.computed_at).replace(tzinfo=None)
    footer = f"Havre – {report.period} – {origin.trace}"
    if origin.is_fictitious:
        footer = f"DONNÉES FICTIVES – {footer}"
    summary = book.active
    sheets = {
        code: book.create_sheet(sheet_name(code, result.definition.short)) for code, result in report.results.items()
    }
    for code, result in report.results.items():
        indicator_sheet(sheets[code], result, report.period, footer)
    summary_sheet(summary, report, sheets, is_fictitious=origin.is_fictitious, footer=footer)
    definitions_sheet(book.create_sheet("Définitions"), footer)
    quality_sheet(book.create_sheet("Qualité des données"), report, footer)
    parameters_sheet(book.create_sheet("Paramètres"), report, origin, footer)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def sheet_name(code: str, short: str) -> str:
    return f"{code} {short}"[:31]
