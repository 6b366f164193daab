"""Native charts: the spreadsheet draws them from the cells beside them, and again when somebody corrects one."""

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

FIRST_COLUMN = 6
"""Charts of an indicator stand to the right of its tables, after an empty column."""
COLUMNS, ROWS = 9, 17
WIDTH, HEIGHT = 16.5, 8
"""Of one chart, in centimetres: what `COLUMNS` and `ROWS` of usual size hold."""
ON_A_PAGE = 3
"""Charts of one printed page: without a break of its own, a page would cut the fourth in two."""
MOST_BARS = 20
"""Beyond, the names of a chart no longer read: the table stays alone."""


def chart_of(
    sheet: Worksheet, title: str, header: int, count: int, *, is_line: bool = False, is_flat: bool = False
) -> LineChart | BarChart:
    """Return a chart of the `count` rows under `header`: names in the first column, numbers in the second."""
    chart = LineChart() if is_line and count > 1 else BarChart()
    if isinstance(chart, BarChart) and is_flat:
        chart.type = "bar"
    chart.title = title
    chart.add_data(Reference(sheet, min_col=2, min_row=header, max_row=header + count), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=header + count))
    chart.legend = None
    if is_flat:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.gapWidth = 60
    for series in chart.series:
        series.smooth = False
    return chart


def chart_put(
    sheet: Worksheet, chart: LineChart | BarChart, anchor: str, width: float = WIDTH, height: float = HEIGHT
) -> None:
    chart.height, chart.width = height, width
    # Without these, recent Excel draws no axis at all.
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.numFmt = "0"
    chart.y_axis.scaling.min = 0
    sheet.add_chart(chart, anchor)


def charts_put(sheet: Worksheet, charts: list[LineChart | BarChart]) -> str:
    """Put charts one under the other from the fourth row. Returns the area that they cover, empty without a chart."""
    letter = get_column_letter(FIRST_COLUMN)
    for place, chart in enumerate(charts):
        if place and place % ON_A_PAGE == 0:
            sheet.row_breaks.append(Break(id=3 + place * ROWS))
        chart_put(sheet, chart, f"{letter}{4 + place * ROWS}")
    if not charts:
        return ""
    return f"{letter}4:{get_column_letter(FIRST_COLUMN + COLUMNS)}{4 + len(charts) * ROWS}"
