"""Sheets of the workbook: one for each indicator, then definitions, quality, parameters."""

from collections.abc import Container, Sequence
from textwrap import wrap
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.figures.selectors.report import Report
from dashboards.figures.selectors.traces import cuts_traced, range_code
from dashboards.figures.words.drawn import DRAWINGS
from dashboards.indicators.rules.definitions import COMMON_RULES, DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Grid, Result
from dashboards.periods import Period
from dashboards.workbook.papers.cells import (
    HEADER,
    LINE,
    LINE_HEIGHT,
    MUTED,
    RIGHT as RIGHT_TEXT,
    STRONG,
    TITLE,
    TOP,
    WARNING,
    WRAP,
    lines,
    page_lines,
    printable,
    put,
    put_figure,
    put_headers,
    put_row,
    put_title,
    widths,
)
from dashboards.workbook.papers.drawings import CHART_ROWS, FEWEST_SHOWN, MOST_BARS, chart_of, chart_put
from dashboards.workbook.papers.flow import LAST_COLUMN, LEFT, LIST_COLUMNS, RIGHT, Flow, Side, page_end
from dashboards.workbook.rules import Origin

MISSING = {
    "I4": (
        "Par département : les lieux des structures ne se montrent pas un à un ; ils sont donnés par région.",
        "Par tranche d’âge : sans objet, on compte des partenaires.",
    ),
    "I5": ("Par tranche d’âge : sans objet, on compte des départements.",),
    "I6": ("Par tranche d’âge : l’âge des professionnels n’est pas recueilli.",),
    "I7": ("Par tranche d’âge : sans objet, on compte des sessions.",),
    "I8": ("Par département : un lieu d’accueil ne se montre pas seul ; les situations sont données par région.",),
}
"""Breakdowns that an indicator does not have, and why."""
TITLE_LINES = 11
"""What the two first rows take of each page, where they are written again, and lines left for taller rows."""
UPRIGHT = ("by_month", "by_age")
"""Breakdowns in the order of time or of age: their bars stand. The others lie down, with room for their names."""
TITLE_LETTERS = 90
"""Letters of the title of an indicator that stand on one line."""
WIDTHS = (46, 12, 12)
"""Of the first columns of the sheet of an indicator; the others are those of `NARROW`."""
NARROW = 12
HEADER_LETTERS = 40
"""Letters of the first header that stand on one line, in bold."""
SHRUNK = 60
"""A name that is no longer is drawn smaller rather than cut in two: rows of both columns stay of one height."""
ONE_LINE = Alignment(shrink_to_fit=True, vertical="top", horizontal="left", indent=1)


def indicator_sheet(sheet: Worksheet, result: Result, period: Period, footer: str, trace: str) -> int:
    """Write figures, lists with their charts in two columns, then wide tables. Returns how many columns it has."""
    definition = result.definition
    columns = max([LAST_COLUMN, *(len(grid.headers) for grid in result.grids)])
    widths(sheet, *WIDTHS, *[NARROW] * (columns - len(WIDTHS)))
    page = page_lines(sheet, columns=columns) - TITLE_LINES
    put(sheet, 1, 1, f"{definition.code} – {definition.label}", style=TITLE)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=LAST_COLUMN)
    sheet.row_dimensions[1].height = 18 * lines(f"{definition.code} – {definition.label}", TITLE_LETTERS)
    _note(sheet, 2, f"Période {period}. On compte {definition.unit}. Date retenue : {definition.dating}.")
    row = _figures(sheet, 4, result) + 1
    flow = Flow.under(row, page, sum(_lines(sheet, place) for place in range(3, row)) - row + 3)
    _lists(sheet, flow, result, trace)
    row = _tables(sheet, flow, result, trace)
    lists = [
        *((item.title, item.rows) for item in result.breakdowns),
        *((grid.title, grid.rows) for grid in result.grids),
    ]
    empty = " ; ".join(title for title, rows in lists if not rows)
    if empty:
        _note(sheet, row, f"Sans aucune ligne sur la période : {empty}.")
    printable(sheet, header_row=2, footer=footer, is_upright=True)
    return columns


def _lines(sheet: Worksheet, row: int) -> int:
    return round((sheet.row_dimensions[row].height or LINE_HEIGHT) / LINE_HEIGHT)


def _note(sheet: Worksheet, row: int, text: str, first: int = 1, last: int = LAST_COLUMN) -> None:
    """Write a sentence over several cells, as tall as it needs."""
    put(sheet, row, first, text, style=MUTED)
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    size = sum((*WIDTHS, *[NARROW] * LAST_COLUMN)[first - 1 : last])
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines(text, size)


def _tables(sheet: Worksheet, flow: Flow, result: Result, trace: str) -> int:
    """Write the wide tables under the lists, each on one page, then those that are no wider than a list. Returns the
    next row.
    """
    row = flow.bottom
    left = flow.left(row)
    flow.cut(sheet)
    for grid in result.grids:
        if len(grid.headers) > LIST_COLUMNS and grid.rows:
            height = _height(grid)
            if height > left:
                page_end(sheet, row - 1)
                left = flow.page
            row = _grid(sheet, row, grid, coded(result, grid, trace)) + 1
            left -= height + 1
    narrow = [grid for grid in result.grids if len(grid.headers) <= LIST_COLUMNS and grid.rows]
    if narrow:
        flow = Flow.under(row, flow.page, flow.page - row + 1 - max(left, 0))
        for grid in narrow:
            side, row = flow.place(_height(grid))
            _grid(sheet, row, grid, coded(result, grid, trace), side)
        if all(_height(grid) <= flow.page for grid in narrow):
            flow.cut(sheet)
        row = flow.bottom
    return row


def _figures(sheet: Worksheet, row: int, result: Result) -> int:
    """Write the figures and what is said under them. Returns the next row."""
    put_headers(sheet, row, ("Chiffre", "Valeur", "Précision", "", ""), numbers={2})
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=RIGHT.label)
    for figure in (*result.headline, *result.companions):
        row += 1
        style = STRONG if figure in result.headline else ""
        put(sheet, row, 1, figure.label, style=style)
        put_figure(sheet, row, 2, figure, style=style)
        put(sheet, row, 3, figure.note)
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=RIGHT.label)
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(
            lines(figure.label, WIDTHS[0]), lines(figure.note, WIDTHS[2] + 2 * NARROW), lines(str(figure.value), 30)
        )
    for note in (*result.notes, *MISSING.get(result.definition.code, ())):
        row += 1
        _note(sheet, row, note)
    return row + 1


def _lists(sheet: Worksheet, flow: Flow, result: Result, trace: str) -> None:
    """Write the breakdowns, each with its chart beside it or under it."""
    drawing = DRAWINGS[result.definition.code]
    for item in result.breakdowns:
        if not item.rows:
            continue
        side, row = flow.place(len(item.rows) + 2 + item.is_warning)
        _breakdown(sheet, side, row, item, coded(result, item, trace))
        if item.code in drawing.drawn and _is_drawn(item):
            is_state = item.code == "by_month" and drawing.is_state
            is_flat = item.code not in UPRIGHT
            place = (row + 1, side.label, side.number)
            chart = chart_of(sheet, item.title, place, item.rows, is_line=is_state, is_flat=is_flat)
            side, row = flow.place(CHART_ROWS)
            chart_put(sheet, chart, f"{get_column_letter(side.label)}{row}")


def coded(result: Result, item: Breakdown | Grid, trace: str) -> str:
    """Return the code that leads from the cells of a list or of a table to their rows, as its first header says it."""
    cuts = cuts_traced(result.definition.code, item)
    return f" ({range_code(trace, cuts)})" if cuts and trace else ""


def _is_drawn(item: Breakdown) -> bool:
    return len(item.rows) <= MOST_BARS and sum(row.n > 0 for row in item.rows) >= FEWEST_SHOWN


def _breakdown(sheet: Worksheet, side: Side, row: int, item: Breakdown, code: str) -> None:
    put_title(sheet, row, item.title, column=side.label)
    name = f"Modalité{code}"
    headers = (name, "Nombre") if item.is_state else (name, "Nombre", "Part")
    row = _headers(sheet, side, row + 1, headers, {2, 3})
    for line in item.rows:
        _name(sheet, side, row, line.label)
        put(sheet, row, side.number, line.n).border = LINE
        if not item.is_state:
            share = line.n / item.base if item.base else None
            put(sheet, row, side.number + 1, share, kind="percent").border = LINE
        row += 1
    if item.is_warning:
        said = f"Attention : {item.unknown_rate:.0%} de non renseigné.".replace("%", " %")
        put(sheet, row, side.label, said, style=WARNING).alignment = TOP


def _headers(sheet: Worksheet, side: Side, row: int, labels: Sequence[str], numbers: Container[int]) -> int:
    """Write the headers of a list or of a table. Returns the next row."""
    put(sheet, row, side.label, labels[0], style=HEADER)
    side.names_merge(sheet, row)
    for place, label in enumerate(labels[1:], start=2):
        cell = put(sheet, row, side.number + place - 2, label, style=HEADER)
        if place in numbers:
            cell.alignment = RIGHT_TEXT
    sheet.row_dimensions[row].height = LINE_HEIGHT * _header_lines(labels)
    return row + 1


def _header_lines(labels: Sequence[str]) -> int:
    """Return how many lines headers take: words are whole, and bold."""
    return max(lines(labels[0], HEADER_LETTERS), *(len(wrap(label, NARROW - 1)) for label in labels[1:]))


def _name(sheet: Worksheet, side: Side, row: int, label: Any) -> None:
    for column in range(side.label, side.number):
        sheet.cell(row, column).border = LINE
    cell = put(sheet, row, side.label, label)
    cell.border = LINE
    side.names_merge(sheet, row)
    count = lines(str(label), SHRUNK)
    if count > 1:
        sheet.row_dimensions[row].height = max(LINE_HEIGHT * count, sheet.row_dimensions[row].height or 0)
    else:
        cell.alignment = ONE_LINE


def _grid(sheet: Worksheet, row: int, grid: Grid, code: str, side: Side = LEFT) -> int:
    """Write a table, and its note. Returns the next row."""
    put_title(sheet, row, grid.title, column=side.label)
    places = range(1, len(grid.headers) + 1)
    counted = {place for place in places if any(isinstance(line[place - 1], int | float) for line in grid.rows)}
    row = _headers(sheet, side, row + 1, (f"{grid.headers[0]}{code}", *grid.headers[1:]), counted)
    for values in grid.rows:
        _name(sheet, side, row, values[0])
        for place, value in enumerate(values[1:], start=1):
            put(sheet, row, side.number + place - 1, value, kind=grid.kind(place)).border = LINE
        row += 1
    if grid.note:
        last = side.number + 1 if len(grid.headers) <= LIST_COLUMNS else LAST_COLUMN
        _note(sheet, row, grid.note, side.label, last)
        row += 1
    return row


def _height(grid: Grid) -> int:
    """Return how many lines a table takes, with its title, its headers and its note."""
    names = sum(max(_cell_lines(value, place) for place, value in enumerate(values)) for values in grid.rows)
    return 1 + _header_lines(grid.headers) + names + (lines(grid.note, sum(WIDTHS)) if grid.note else 0)


def _cell_lines(value: Any, place: int) -> int:
    return lines(value, NARROW if place else SHRUNK) if isinstance(value, str) else 1


def definitions_sheet(sheet: Worksheet, footer: str) -> None:
    put_title(sheet, 1, "Définitions des indicateurs", style=TITLE)
    put_headers(sheet, 3, ("Code", "Indicateur", "On compte", "Date retenue", "Règles", "Version"))
    for row, definition in enumerate(DEFINITIONS.values(), start=4):
        rules = "\n".join(definition.rules)
        put_row(
            sheet,
            row,
            (definition.code, definition.label, definition.unit, definition.dating, rules, definition.version),
        )
    common = 4 + len(DEFINITIONS)
    put_row(sheet, common, ("Tous", "Règles communes", "", "", "\n".join(COMMON_RULES), ""))
    widths(sheet, 7, 26, 20, 18, 116, 9)
    printable(sheet, header_row=3, footer=footer)


def quality_sheet(sheet: Worksheet, report: Report, footer: str) -> None:
    put_title(sheet, 1, "Qualité des données : part de « Non renseigné »", style=TITLE)
    put_title(sheet, 2, "Au-delà de 20 %, le détail est à lire avec prudence.", style=MUTED)
    put_headers(sheet, 4, ("Indicateur", "Détail", "Non renseigné", "Sur", "Taux", "Alerte"), numbers={3, 4, 5})
    for row, item in enumerate(report.quality, start=5):
        breakdown = item.breakdown
        put_row(sheet, row, (f"{item.code} – {item.indicator}", breakdown.title, breakdown.unknown, breakdown.base))
        put(sheet, row, 5, breakdown.unknown_rate, kind="percent")
        put(sheet, row, 6, "à lire avec prudence" if breakdown.is_warning else "", style=WARNING)
    widths(sheet, 34, 48, 16, 12, 10, 24)
    printable(sheet, header_row=4, footer=footer, is_upright=True)


def parameters_sheet(sheet: Worksheet, report: Report, origin: Origin, footer: str) -> None:
    put_title(sheet, 1, "Paramètres de l’export", style=TITLE)
    put_headers(sheet, 3, ("Paramètre", "Valeur"))
    lines: list[tuple[str, Any]] = [
        ("Numéro de l’export au journal", origin.number),
        ("Premier jour", report.period.first),
        ("Dernier jour", report.period.last),
        ("États lus au", report.period.as_of),
        ("Calculé, heure de Paris, le", report.computed_at.replace(microsecond=0)),
        *([("Exporté par", origin.author)] if origin.author else []),
        ("Code de trace", origin.trace),
        (
            "Nature des données",
            "Instance fictive : toutes les données sont inventées." if origin.is_fictitious else "Données réelles",
        ),
    ]
    lines += [(f"Lignes comptées, {code} – {DEFINITIONS[code].short}", count) for code, count in origin.rows.items()]
    lines += [(f"Code de trace, {code} – {DEFINITIONS[code].short}", trace) for code, trace in origin.traces.items()]
    lines += [
        (
            "Pour retrouver les lignes",
            "Dans Havre, Chiffres, « Retrouver un export » : donnez le code d’une feuille ou d’un tableau.",
        ),
        (
            "Pour vérifier une feuille",
            "Son empreinte, au bas de la feuille, change dès qu’une cellule change ; elle est aussi au journal.",
        ),
    ]
    for row, line in enumerate(lines, start=4):
        put_row(sheet, row, line)
        sheet.cell(row, 2).alignment = WRAP
    widths(sheet, 48, 60)
    printable(sheet, header_row=3, footer=footer)
