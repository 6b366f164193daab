"""The tables of a release for a spreadsheet. Text is text whatever its first sign; hidden cells say « masqué »."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.figures.words.drawn import DRAWINGS
from dashboards.indicators.rules.results import Row
from dashboards.indicators.selectors.lexicon import UNKNOWN
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.words import MASKED, Page, Part, page_of
from dashboards.workbook.papers.cells import (
    LINE,
    LINE_HEIGHT,
    MUTED,
    RIGHT,
    lines as lines_of,
    page_lines,
    printable,
    put,
    put_headers,
    put_title,
    styles_add,
    widths,
)
from dashboards.workbook.papers.drawings import (
    CHART_ROWS,
    FEWEST_SHOWN,
    MOST_BARS,
    chart_of,
    chart_put,
    described,
    descriptions_put,
)
from dashboards.workbook.papers.flow import page_end

RUN = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet would take for a formula."""
WIDTHS = (46, 34, 15, 22, 15, 18)
DEFINED = "Définitions"
SIZES = {"Synthèse": (11, 62, 17, 26, 17, 12), DEFINED: (12, 34, 26, 10, 100), "Qualité des données": (14, 60, 18)}
"""Widths of the sheets that are not those of an indicator."""
TITLE_LINES = 5
"""What the first row takes of each page, where it is written again, and lines left over."""


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
        yield sheet_name(part), body
    definitions: list[list[Any]] = [Headers(["Indicateur", "On compte", "Date retenue", "Version", "Règles"])]
    definitions += [[part.code, part.unit, part.dating, part.version, " ".join(part.rules)] for part in page.parts]
    yield DEFINED, [*definitions, ["Tous", "", "", "", " ".join(page.common_rules)]]
    yield "Qualité des données", [Headers(["Indicateur", "Détail", "Non renseigné"]), *_unknown(page)]


def sheet_name(part: Part) -> str:
    return f"{part.code} {part.short}"[:31]


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
    book.properties.language = "fr-FR"
    parts = {sheet_name(part): part for part in page.parts}
    for name, lines in sheets_of(page):
        _sheet_put(book.create_sheet(name), lines, parts.get(name), f"Havre – {page.trace}")
    body = io.BytesIO()
    book.save(body)
    return descriptions_put(body.getvalue(), [described(sheet._charts) for sheet in book.worksheets if sheet._charts])


def _sheet_put(sheet: Worksheet, lines: list[list[Any]], part: Part | None, footer: str) -> None:
    headers = [row for row, cells in enumerate(lines, start=1) if isinstance(cells, Headers)]
    sizes = SIZES.get(sheet.title, WIDTHS)
    widths(sheet, *sizes, *[14] * max(0, max(map(len, lines)) - len(sizes)))
    for row, cells in enumerate(lines, start=1):
        _line_put(sheet, row, cells, _numbers(lines[row:]))
    # Of an indicator, its title alone stays in sight: each of its tables has headers of its own.
    is_wide = sheet.title == DEFINED
    printable(sheet, header_row=1 if part or not headers else headers[0], footer=footer, is_upright=not is_wide)
    # Titles and notes run over the columns of the widest table.
    last = max(sheet.max_column, len(WIDTHS) if part else 0)
    if part:
        _charts_put(sheet, charts_of(sheet, part, headers), headers, last)
    sheet.print_area = f"A1:{get_column_letter(last)}{sheet.max_row}"


def _numbers(lines: list[list[Any]]) -> set[int]:
    """Return the columns of a table that hold numbers, hidden or not, from the lines under its headers."""
    return {
        column
        for cells in itertools.takewhile(bool, lines)
        for column, value in enumerate(cells, start=1)
        if value == MASKED or isinstance(value, int | float | Number)
    }


def charts_of(sheet: Worksheet, part: Part, headers: list[int]) -> list[LineChart | BarChart]:
    """Return a chart of each drawn table. One that hides a number has none: a spreadsheet would draw it as a zero."""
    charts = []
    for header, table in zip(headers, part.drawn, strict=False):
        numbers = [line.raw[0] for line in table.lines]
        is_whole = all(isinstance(number, int) for number in numbers)
        if is_whole and len(numbers) <= MOST_BARS and sum(number > 0 for number in numbers) >= FEWEST_SHOWN:
            rows = [Row("", line.label, line.raw[0]) for line in table.lines]
            is_month = table.code == "by_month"
            is_line = is_month and DRAWINGS[part.code].is_state
            place = (header, 1, 2)
            charts.append(chart_of(sheet, table.title, place, rows, is_line=is_line, is_flat=not is_month))
    return charts


def _charts_put(sheet: Worksheet, charts: list[LineChart | BarChart], headers: list[int], columns: int) -> None:
    """Put the charts beside tables of two columns, under wider ones; none is cut by the end of a page."""
    page = page_lines(sheet, columns=columns) - TITLE_LINES
    is_beside = all(sheet.cell(row, 3).value is None for row in headers)
    letter, row = ("C", headers[0] - 1) if is_beside and headers else ("A", sheet.max_row + 2)
    for chart in charts:
        left = page - (row - 1) % page
        row += left if left < CHART_ROWS else 0
        chart_put(sheet, chart, f"{letter}{row}")
        row += CHART_ROWS + 1
    if row - 1 > sheet.max_row:
        sheet.cell(row - 1, 1).style = MUTED  # the print area goes down to here
    for last in range(page, sheet.max_row, page):
        page_end(sheet, last)


def _line_put(sheet: Worksheet, row: int, cells: list[Any], numbers: set[int]) -> None:
    if isinstance(cells, Title):
        put_title(sheet, row, cells[0])
        return
    if isinstance(cells, Headers):
        put_headers(sheet, row, cells, numbers=numbers)
        return
    if len(cells) == 1:
        put(sheet, row, 1, cells[0], style=MUTED)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_of(cells[0], sum(WIDTHS))
        return
    for column, value in enumerate(cells, start=1):
        if isinstance(value, Number):
            is_broken = value.kind == "number" and not float(value.value).is_integer()
            put(sheet, row, column, value.value, kind=value.kind, digits=int(is_broken)).border = LINE
        else:
            cell = put(sheet, row, column, value)
            cell.border = LINE
            if value == MASKED:
                cell.alignment = RIGHT


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
