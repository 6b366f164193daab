"""Sheets of the workbook: one for each indicator, then definitions, quality, parameters."""

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from dashboards.figures.selectors.report import Report
from dashboards.figures.words.drawn import DRAWINGS
from dashboards.indicators.rules.definitions import COMMON_RULES, DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Grid, Result
from dashboards.periods import Period
from dashboards.workbook.papers.cells import (
    LINE,
    MUTED,
    STRONG,
    TITLE,
    WARNING,
    WRAP,
    pages_cut,
    printable,
    put,
    put_figure,
    put_headers,
    put_row,
    put_title,
    widths,
)
from dashboards.workbook.papers.drawings import FEWEST_SHOWN, MOST_BARS, chart_of, charts_put
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
TITLE_ROWS = 7
"""What the two first rows take of each page, where they are written again, in rows of usual height."""
UPRIGHT = ("by_month", "by_age")
"""Breakdowns in the order of time or of age: their bars stand. The others lie down, with room for their names."""


LEAST_COLUMNS = 8
"""Of the sheet of an indicator: lists on the left, charts on the right."""


def indicator_sheet(sheet: Worksheet, result: Result, period: Period, footer: str) -> int:
    """Write figures, breakdowns with charts on their right, then tables. Returns how many columns it has."""
    definition = result.definition
    drawing = DRAWINGS[definition.code]
    columns = max([LEAST_COLUMNS, *(len(grid.headers) for grid in result.grids)])
    widths(sheet, 46, 15, 12, *[12] * (columns - 3))
    page = pages_cut(sheet, columns=columns, taken=TITLE_ROWS)
    put(sheet, 1, 1, f"{definition.code} – {definition.label}", style=TITLE)
    put(
        sheet, 2, 1, f"Période {period}. On compte {definition.unit}. Date retenue : {definition.dating}.", style=MUTED
    )
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A2:D2")
    sheet.row_dimensions[1].height = 40
    sheet.row_dimensions[2].height = 32
    put_headers(sheet, 4, ("Chiffre", "Valeur", "Précision"), numbers={2})
    row = 5
    for figure in (*result.headline, *result.companions):
        put(sheet, row, 1, figure.label, style=STRONG if figure in result.headline else "")
        put_figure(sheet, row, 2, figure, style=STRONG if figure in result.headline else "")
        put(sheet, row, 3, figure.note)
        row += 1
    for note in (*result.notes, *MISSING.get(definition.code, ())):
        put(sheet, row, 1, note, style=MUTED)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        row += 1
    first, charts = row + 1, []
    for item in result.breakdowns:
        if item.code in drawing.drawn and _is_drawn(item):
            is_state = item.code == "by_month" and drawing.is_state
            is_flat = item.code not in UPRIGHT
            charts.append(chart_of(sheet, item.title, row + 2, item.rows, is_line=is_state, is_flat=is_flat))
        row = _breakdown(sheet, row + 1, item)
    row = max(row, charts_put(sheet, charts, first, page))
    for grid in result.grids:
        row = _grid(sheet, row + 1, grid)
    printable(sheet, header_row=2, footer=footer, is_upright=True)
    pages_cut(sheet, columns=columns, taken=TITLE_ROWS)
    return columns


def _is_drawn(item: Breakdown) -> bool:
    return len(item.rows) <= MOST_BARS and sum(row.n > 0 for row in item.rows) >= FEWEST_SHOWN


def _breakdown(sheet: Worksheet, row: int, item: Breakdown) -> int:
    put_title(sheet, row, item.title)
    headers = ("Modalité", "Nombre") if item.is_state else ("Modalité", "Nombre", "Part")
    put_headers(sheet, row + 1, headers, numbers={2, 3})
    row += 2
    for line in item.rows:
        put_row(sheet, row, (line.label, line.n))
        if not item.is_state:
            put(sheet, row, 3, line.n / item.base if item.base else None, kind="percent").border = LINE
        row += 1
    if not item.rows:
        put(sheet, row, 1, "Aucune ligne sur la période.", style=MUTED)
        row += 1
    if item.is_warning:
        put(sheet, row, 1, f"Attention : {item.unknown_rate:.0%} de non renseigné.".replace("%", " %"), style=WARNING)
        row += 1
    return row


def _grid(sheet: Worksheet, row: int, grid: Grid) -> int:
    put_title(sheet, row, grid.title)
    places = range(1, len(grid.headers) + 1)
    counted = {place for place in places if any(isinstance(line[place - 1], int | float) for line in grid.rows)}
    put_headers(sheet, row + 1, grid.headers, numbers=counted)
    row += 2
    for values in grid.rows:
        for place, value in zip(places, values, strict=True):
            put(sheet, row, place, value, kind=grid.kind(place - 1)).border = LINE
        row += 1
    if not grid.rows:
        put_row(sheet, row, ("Aucune ligne sur la période.",))
        row += 1
    if grid.note:
        put(sheet, row, 1, grid.note, style=MUTED)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        row += 1
    return row


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
    widths(sheet, 7, 32, 26, 22, 78, 9)
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
    widths(sheet, 34, 44, 16, 12, 10, 24)
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
        ("Pour retrouver les lignes", "Dans Havre, Chiffres, « Retrouver un export » : donnez un code de trace."),
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
