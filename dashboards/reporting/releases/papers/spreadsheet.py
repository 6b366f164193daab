"""The tables of a release for a spreadsheet. Text is text whatever its first sign; hidden cells say « masqué »."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.styles import Font

from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.words import MASKED, Page, page_of
from dashboards.workbook.papers.cells import put, styles_add

RUN = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet would take for a formula."""
Sheet = tuple[str, list[list[Any]]]


def sheets_of(page: Page) -> Iterator[Sheet]:
    """Yield the name of each sheet and its lines: the summary, then one sheet an indicator."""
    lines: list[list[Any]] = [[page.title], [page.days], [page.legend], [f"Code de trace {page.trace}"], []]
    lines.append(["Indicateur", "Chiffre", "Valeur", "Précision", "Période précédente", "Cible"])
    for part in page.parts:
        for figure in (*part.headline, *part.figures):
            lines.append([part.code, figure.label, figure.text, figure.note, figure.before, figure.target])
    yield "Synthèse", lines
    for part in page.parts:
        body: list[list[Any]] = [[f"{part.code} – {part.label}"]]
        body.append([f"On compte {part.unit}. Date retenue : {part.dating}. Version {part.version}."])
        for words in (part.comment, *part.notes):
            if words:
                body.append([words])
        for table in (*part.drawn, *part.tables):
            body += [[], [table.title], list(table.headers)]
            body += [[line.label, *(MASKED if cell is None else cell for cell in line.raw)] for line in table.lines]
        yield f"{part.code} {part.short}"[:31], body
    yield "Définitions", [[part.code, part.unit, part.dating, *part.rules] for part in page.parts]


def release_xlsx(release: Release) -> bytes:
    page = page_of(release)
    book = Workbook()
    book.remove(book.active)
    styles_add(book)
    book.properties.title, book.properties.creator = page.title, "Havre"
    for name, lines in sheets_of(page):
        sheet = book.create_sheet(name)
        for row, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells, start=1):
                put(sheet, row, column, value)
        sheet["A1"].font = Font(bold=True, size=14)
        for letter, width in zip("ABCDEF", (48, 34, 18, 26, 20, 14), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.oddFooter.center.text = f"Havre – {page.trace}"
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def release_ods(release: Release) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, lines in sheets_of(page_of(release)):
        table = OdsTable(name=name)
        for cells in lines:
            row = TableRow()
            for value in cells or [""]:
                row.addElement(_ods_cell(value))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    body = io.BytesIO()
    document.write(body)
    return body.getvalue()


def _ods_cell(value: Any) -> TableCell:
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def release_csv(release: Release) -> bytes:
    """Write semicolons and a mark of UTF-8, as a French spreadsheet expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for _, lines in sheets_of(page_of(release)):
        writer.writerows([_inert(value) for value in cells] for cells in lines)
        writer.writerow([])
    return text.getvalue().encode("utf-8-sig")


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(RUN) else value
