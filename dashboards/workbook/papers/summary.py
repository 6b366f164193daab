"""First sheet: the eight indicators in the order and the words of the call, the funnel, the charts."""

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.figures.selectors.comparison import Comparison
from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.results import Result
from dashboards.workbook.papers.cells import (
    LINE,
    LINE_HEIGHT,
    MUTED,
    RIGHT,
    STRONG,
    TITLE,
    WARNING,
    lines,
    printable,
    put,
    put_figure,
    put_headers,
    put_row,
    put_title,
    widths,
)
from dashboards.workbook.papers.drawings import chart_put, title_of

INSIDE = (
    "Réservé à la coordination : lues ensemble, ces feuilles disent dans quels départements sont des structures. "
    "Ne transmettez pas ce classeur : ce qui se transmet est une publication."
)
DIFFERENCE = 7
MONTHLY = "Demandes, orientations et arrivées, mois par mois"
FLOWS = ("I1", "I2", "I3")
WIDTHS = (8, 46, 36, 16, 16, 11, 12, 10)
CHART_ROWS = 18
"""Rows left under the funnel for the two charts."""


def summary_sheet(
    sheet: Worksheet,
    report: Report,
    comparison: Comparison,
    sheets: dict[str, Worksheet],
    *,
    is_fictitious: bool,
    footer: str,
) -> None:
    sheet.title = "Synthèse"
    put_title(sheet, 1, "Indicateurs du réseau national d’accueil des mineurs victimes d’exploitation", style=TITLE)
    put_title(sheet, 2, f"Période {report.period}", style=MUTED)
    put(sheet, 3, 1, INSIDE, style=WARNING)
    sheet.merge_cells(start_row=3, end_row=3, start_column=1, end_column=len(WIDTHS))
    sheet.row_dimensions[3].height = 2 * LINE_HEIGHT
    if is_fictitious:
        put_title(sheet, 4, "Réseau fictif : toutes les données sont inventées.", style=WARNING)
    put_headers(
        sheet,
        5,
        ("Code", "Indicateur", "Chiffre", "Valeur", "Précision", "Avant", "Différence", "Cible"),
        numbers={4, 6, 7, 8},
    )
    row = 6
    for code, result in report.results.items():
        row = _indicator(sheet, row, code, result, sheets[code].title)
    _compared(sheet, 6, comparison, row)
    row = _funnel(sheet, row + 2, report)
    first = _monthly(sheet, row + 2 + CHART_ROWS, report)
    _charts(sheet, row + 2, first, len(report.period.months))
    widths(sheet, *WIDTHS)
    printable(sheet, header_row=5, footer=footer, is_upright=True)
    sheet.print_title_rows = "1:4"


def _indicator(sheet: Worksheet, row: int, code: str, result: Result, title: str) -> int:
    """Write one line a figure; the code leads to the sheet of the indicator. Returns the next row."""
    for place, figure in enumerate(result.headline):
        put_row(
            sheet,
            row,
            (code if place == 0 else "", result.definition.label if place == 0 else "", "", "", figure.note),
        )
        put(
            sheet,
            row,
            3,
            figure.label if len(result.headline) > 1 or result.definition.is_qualitative else result.definition.short,
        )
        put_figure(sheet, row, 4, figure, style=STRONG)
        label = result.definition.label if place == 0 else ""
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(lines(label, WIDTHS[1]), lines(figure.label, WIDTHS[2]))
        if place == 0:
            sheet.cell(row, 1).hyperlink = f"#'{title}'!A1"
        row += 1
    if result.definition.is_qualitative:
        document = result.companions[0]
        put_row(sheet, row, ("", "", document.label, str(document.value), ""))
        sheet.cell(row, 4).alignment = RIGHT
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines(str(document.value), WIDTHS[3])
        row += 1
    return row


def _compared(sheet: Worksheet, first: int, comparison: Comparison, last: int) -> None:
    """Write, beside each figure, that of the period before, the difference and the target, as numbers."""
    lines = {line.label: line for line in comparison.lines}
    for row in range(first, last):
        line = lines.get(str(sheet.cell(row, 3).value))
        if line is None:
            continue
        numbers = (line.before, None if line.before is None else line.now - line.before, line.target)
        for column, value in enumerate(numbers, start=6):
            cell = put(sheet, row, column, "" if value is None else value)
            cell.border = LINE
            if column == DIFFERENCE and value is not None:
                cell.number_format = "+#,##0;-#,##0;0"
    if comparison.before:
        said = f"Avant : {comparison.before}{', chiffres de la clôture' if comparison.is_closed else ''}."
        put(sheet, last, 2, said, style=MUTED)


def _funnel(sheet: Worksheet, row: int, report: Report) -> int:
    put_title(sheet, row, report.funnel.title)
    put_headers(sheet, row + 1, ("", *report.funnel.headers), numbers={3, 4})
    row += 2
    for values in report.funnel.rows:
        put_row(sheet, row, ("", *values))
        row += 1
    put(sheet, row, 2, report.funnel.note, style=MUTED)
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
    sheet.row_dimensions[row].height = 62
    return row + 1


def _monthly(sheet: Worksheet, row: int, report: Report) -> int:
    """Write the three flows month by month, from which the first chart is drawn. Returns the row of the headers."""
    put_title(sheet, row, "Mois par mois")
    header = row + 1
    labels = ("", "Mois", *(report.results[code].definition.short for code in FLOWS))
    put_headers(sheet, header, labels, numbers={3, 4, 5})
    months = [report.results[code].breakdown_always("by_month").rows for code in FLOWS]
    for place, flows in enumerate(zip(*months, strict=True), start=1):
        put_row(sheet, header + place, ("", flows[0].label, *(line.n for line in flows)))
    return header


def _charts(sheet: Worksheet, row: int, header: int, count: int) -> None:
    """Put two charts side by side from `row`, drawn from the months under `header`."""
    flows = LineChart() if count > 1 else BarChart()
    flows.title = title_of(MONTHLY)
    flows.add_data(
        Reference(sheet, min_col=3, max_col=5, min_row=header, max_row=header + count), titles_from_data=True
    )
    flows.set_categories(Reference(sheet, min_col=2, min_row=header + 1, max_row=header + count))
    for series in flows.series:
        series.smooth = False
    flows.legend.position = "b"
    flows.said = f"{MONTHLY} : les nombres sont dans le tableau au-dessous."
    chart_put(sheet, flows, f"C{row}", 15)
    requests = BarChart()
    requests.said = "Sollicitations par mois"
    requests.title = title_of(requests.said)
    requests.add_data(Reference(sheet, min_col=3, min_row=header, max_row=header + count), titles_from_data=True)
    requests.set_categories(Reference(sheet, min_col=2, min_row=header + 1, max_row=header + count))
    requests.legend = None
    chart_put(sheet, requests, f"A{row}", 9.2)
