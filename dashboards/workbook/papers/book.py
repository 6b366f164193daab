"""Assembly of the workbook from a report: nothing is computed here."""

import datetime as dt
import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from dashboards.figures.selectors.comparison import Comparison
from dashboards.figures.selectors.report import Report
from dashboards.workbook.papers.cells import styles_add
from dashboards.workbook.papers.drawings import described, descriptions_put
from dashboards.workbook.papers.seals import seal_put
from dashboards.workbook.papers.sheets import definitions_sheet, indicator_sheet, parameters_sheet, quality_sheet
from dashboards.workbook.papers.summary import summary_sheet
from dashboards.workbook.rules import Origin

COLUMNS = {"Synthèse": 8, "Définitions": 6, "Qualité des données": 6, "Paramètres": 2}
"""Columns of each sheet; those of an indicator depend on its tables."""


@dataclass(frozen=True)
class Book:
    content: bytes
    hashes: dict[str, str]
    """Hash of each sheet, by its title."""


def workbook_build(report: Report, origin: Origin, comparison: Comparison) -> Book:
    """Return the file, ready to be saved as .xlsx, and the hashes of its sheets."""
    book = Workbook()
    styles_add(book)
    _properties(book, report, origin)
    footer = f"Réservé à la coordination – Havre – {report.period} – {origin.trace}"
    if origin.is_fictitious:
        footer = f"DONNÉES FICTIVES – {footer}"
    summary = book.active
    sheets = {
        code: book.create_sheet(sheet_name(code, result.definition.short)) for code, result in report.results.items()
    }
    hashes = {}
    for code, result in report.results.items():
        trace = origin.traces.get(code, origin.trace)
        columns = indicator_sheet(sheets[code], result, report.period, footer, origin.traces.get(code, ""))
        hashes[sheets[code].title] = seal_put(sheets[code], trace, columns=columns)
    summary_sheet(summary, report, comparison, sheets, is_fictitious=origin.is_fictitious, footer=footer)
    definitions_sheet(book.create_sheet("Définitions"), footer)
    quality_sheet(book.create_sheet("Qualité des données"), report, footer)
    parameters_sheet(book.create_sheet("Paramètres"), report, origin, footer)
    for title, columns in COLUMNS.items():
        hashes[title] = seal_put(book[title], origin.trace, columns=columns)
    content = io.BytesIO()
    book.save(content)
    said = [described(sheet._charts) for sheet in book.worksheets if sheet._charts]
    return Book(descriptions_put(content.getvalue(), said), hashes)


def _properties(book: Workbook, report: Report, origin: Origin) -> None:
    properties = book.properties
    properties.title = "Indicateurs du réseau"
    properties.subject = f"Les indicateurs {report.period}"
    properties.creator = "Havre"
    properties.lastModifiedBy = "Havre"
    properties.language = "fr-FR"
    properties.category = "Données fictives" if origin.is_fictitious else "Chiffres du réseau"
    properties.keywords = f"{origin.number} {origin.trace}".strip()
    properties.contentStatus = "Réservé à la coordination"
    properties.description = "Définitions, paramètres et qualité des données sont dans les dernières feuilles."
    # The format holds moments of the meridian, whatever the clock of who reads.
    moment = report.computed_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    for name, value in (("Numéro de l’export", origin.number), ("Code de trace", origin.trace)):
        book.custom_doc_props.append(StringProperty(name=name, value=value))


def sheet_name(code: str, short: str) -> str:
    return f"{code} {short}"[:31]
