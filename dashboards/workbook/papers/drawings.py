"""Native charts: the spreadsheet draws them from the cells beside them, and again when somebody corrects one."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.indicators.rules.results import Row

CHART_ROWS = 12
WIDTH, HEIGHT = 12, 5
"""Of one chart, in centimetres: what the cells of a list and `CHART_ROWS` of usual size hold."""
FEWEST_SHOWN = 2
"""Under so many numbers that are not zero, a chart shows nothing: its list stays alone."""
MOST_BARS = 20
"""Beyond, the names of a chart no longer read: the table stays alone."""


def chart_of(
    sheet: Worksheet,
    title: str,
    place: tuple[int, int, int],
    rows: Sequence[Row],
    *,
    is_line: bool = False,
    is_flat: bool = False,
) -> LineChart | BarChart:
    """Return a chart of the rows under a header: `place` is its row, the column of names, that of numbers."""
    header, names, numbers = place
    count = len(rows)
    chart = LineChart() if is_line and count > 1 else BarChart()
    if isinstance(chart, BarChart) and is_flat:
        chart.type = "bar"
    chart.title = title_of(title)
    chart.said = f"{title}. {', '.join(f'{row.label} : {row.n}' for row in rows)}."
    chart.add_data(Reference(sheet, min_col=numbers, min_row=header, max_row=header + count), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=names, min_row=header + 1, max_row=header + count))
    chart.legend = None
    if is_flat:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.gapWidth = 60
    for series in chart.series:
        series.smooth = False
    return chart


def title_of(text: str) -> Title:
    """Return a title of a size that leaves its chart some room."""
    size = CharacterProperties(sz=1000, b=True)
    words = Paragraph(pPr=ParagraphProperties(defRPr=size), r=[RegularTextRun(rPr=size, t=text)])
    return Title(tx=Text(rich=RichText(p=[words])), overlay=False)


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


def described(charts: list[LineChart | BarChart]) -> list[str]:
    """Return what each chart shows, in words, for whoever cannot see it."""
    return [getattr(chart, "said", "") for chart in charts]


def descriptions_put(content: bytes, said: list[list[str]]) -> bytes:
    """Write the descriptions of the charts of each sheet that has some, in the order of the sheets. The library that
    writes the file has no place for them.
    """
    read, written = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for item in read.infolist():
            body = read.read(item)
            if found := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", item.filename):
                for place, words in enumerate(said[int(found[1]) - 1], start=1):
                    name = f'name="Chart {place}"'.encode()
                    body = body.replace(name, name + _attribute(words))
            target.writestr(item, body)
    return written.getvalue()


def _attribute(words: str) -> bytes:
    return f" descr={quoteattr(words)}".encode("ascii", "xmlcharrefreplace")
