"""The tables of a release for a spreadsheet. Text is text whatever its first sign; hidden cells say « masqué »."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.indicators.selectors.lexicon import UNKNOWN
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.words import MASKED, Page, page_of
from dashboards.workbook.papers.cells import LINE, MUTED, printable, put, put_headers, put_title, styles_add, widths

RUN = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet would take for a formula."""
WIDTHS = (46, 34, 15, 22, 15, 12)


class Headers(list[Any]):
    """The line of the headers of a table."""


class Title(list[Any]):
    """A line that names what is under it."""


@dataclass(frozen=True)
class Number:
    """A number and its format; `words` is what a reader without formats shows."""

    value: float
    kind: str
    words: str


Sheet = tuple[str, list[list[Any]]]


def sheets_of(page: Page) -> Iterator[Sheet]:
    """Yield the name of each sheet and its lines: the summary, one sheet an indicator, definitions, quality."""
    lines: list[list[Any]] = [Title([page.title]), [page.days], [page.legend], [f"Code de trace {page.trace}"], []]
    lines.append(Headers(["Indicateur", "Chiffre", "Valeur", "Précision", "Période précédente", "Cible"]))
    for part in page.parts:
        for figure in (*part.headline, *part.figures):
            value, before = (
                _number(raw, figure.kind, words)
                for raw, words in ((figure.raw, figure.text), (figure.raw_before, figure.before))
            )
            lines.append(
                [
                    part.code,
                    figure.label,
                    value,
                    figure.note,
                    before,
                    _number(figure.raw_target, "number", figure.target),
                ]
            )
    yield "Synthèse", lines
    for part in page.parts:
        body: list[list[Any]] = [Title([f"{part.code} – {part.label}"])]
        body.append([f"On compte {part.unit}. Date retenue : {part.dating}. Version {part.version}."])
        for words in (part.comment, *part.notes):
            if words:
                body.append([words])
        for table in (*part.drawn, *part.tables):
            body += [[], Title([table.title]), Headers(table.headers)]
            body += [[line.label, *(MASKED if cell is None else cell for cell in line.raw)] for line in table.lines]
        yield f"{part.code} {part.short}"[:31], body
    definitions: list[list[Any]] = [Headers(["Indicateur", "On compte", "Date retenue", "Version", "Règles"])]
    definitions += [[part.code, part.unit, part.dating, part.version, " ".join(part.rules)] for part in page.parts]
    yield "Définitions", [*definitions, ["Tous", "", "", "", " ".join(page.common_rules)]]
    yield "Qualité des données", [Headers(["Indicateur", "Détail", "Non renseigné"]), *_unknown(page)]


def _unknown(page: Page) -> Iterator[list[Any]]:
    for part in page.parts:
        for table in (*part.drawn, *part.tables):
            for line in table.lines:
                if line.label == UNKNOWN and not table.is_cross:
                    yield [part.code, table.title, *(MASKED if cell is None else cell for cell in line.raw)]


def _number(raw: Any, kind: str, words: str) -> Any:
    """Return a number as a number; its words when it is hidden, absent, or a text."""
    return Number(raw, kind, words) if isinstance(raw, int | float) and not isinstance(raw, bool) else words


def release_xlsx(release: Release) -> bytes:
    page = page_of(release)
    book = Workbook()
    book.remove(book.active)
    styles_add(book)
    book.properties.title, book.properties.creator = page.title, "Havre"
    for name, lines in sheets_of(page):
        sheet = book.create_sheet(name)
        first = next((row for row, cells in enumerate(lines, start=1) if isinstance(cells, Headers)), 1)
        for row, cells in enumerate(lines, start=1):
            _line_put(sheet, row, cells)
        widths(sheet, *WIDTHS, *[14] * max(0, sheet.max_column - len(WIDTHS)))
        if name == "Définitions":
            widths(sheet, 12, 34, 26, 10, 100)
        # Of an indicator, its title alone stays in sight: each of its tables has headers of its own.
        printable(sheet, header_row=1 if name[0] == "I" else first, footer=f"Havre – {page.trace}")
        # Titles and notes run over the columns of the widest table.
        last = max(sheet.max_column, len(WIDTHS) if name[0] == "I" else 0)
        sheet.print_area = f"A1:{get_column_letter(last)}{sheet.max_row}"
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def _line_put(sheet: Worksheet, row: int, cells: list[Any]) -> None:
    if isinstance(cells, Title):
        put_title(sheet, row, cells[0])
        return
    if isinstance(cells, Headers):
        put_headers(sheet, row, cells)
        return
    for column, value in enumerate(cells, start=1):
        if isinstance(value, Number):
            is_broken = value.kind == "number" and not float(value.value).is_integer()
            put(sheet, row, column, value.value, kind=value.kind, digits=int(is_broken)).border = LINE
        elif len(cells) == 1:
            put_title(sheet, row, value, style=MUTED)
        else:
            put(sheet, row, column, value).border = LINE


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
    number, words = (value.value, value.words) if isinstance(value, Number) else (value, str(value))
    if isinstance(number, int | float):
        cell = TableCell(valuetype="float", value=str(number))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=words))
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
    if isinstance(value, Number):
        return str(value.value).replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(RUN) else value
