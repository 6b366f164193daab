"""Writing of cells: a text is always a text, a day is a date, a number keeps its format, a time is local."""

import datetime as dt
from collections.abc import Container
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from cms.kit.xlsx.cells import text_fit
from dashboards.indicators.rules.results import Figure

FACE, SIZE = "Arial", 9
"""A face that every reader has, or has the measures of: columns and pages are as wide everywhere."""
INK, BLUE, GREY, RED = "12385A", "17507F", "54616D", "8C1D18"
LINE = Border(bottom=Side(style="thin", color="D5DBE1"))
WRAP = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
TOP = Alignment(vertical="top")
TITLE, HEADING, HEADER, STRONG, MUTED, WARNING, TEXT, NUMBER = (
    f"Havre {name}" for name in ("titre", "intertitre", "en-tête", "chiffre clé", "note", "alerte", "texte", "nombre")
)
STYLES = {
    TITLE: {"font": Font(name=FACE, size=13, bold=True, color=INK), "alignment": WRAP},
    HEADING: {"font": Font(name=FACE, size=10, bold=True, color=INK), "alignment": TOP},
    HEADER: {
        "font": Font(name=FACE, size=SIZE, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor=BLUE),
        "alignment": WRAP,
    },
    STRONG: {"font": Font(name=FACE, size=SIZE, bold=True), "alignment": WRAP},
    MUTED: {"font": Font(name=FACE, size=SIZE, italic=True, color=GREY), "alignment": WRAP},
    WARNING: {"font": Font(name=FACE, size=SIZE, bold=True, color=RED), "alignment": WRAP},
    TEXT: {"font": Font(name=FACE, size=SIZE), "alignment": WRAP},
    NUMBER: {"font": Font(name=FACE, size=SIZE), "alignment": RIGHT},
}
"""Named styles: whoever works on from the workbook changes one, and every cell that wears it follows."""
FORMATS = {
    "number": "#,##0",
    "percent": "0%",
    "hours": '0.0" h"',
    "days": '0.0" j"',
    "euros": '#,##0" €"',
    "price": '#,##0.00" €"',
    "marks": '0.0" sur 5"',
    "points": '+0" points";-0" points";0" point"',
}
DAY_FORMAT, MOMENT_FORMAT = "dd/mm/yyyy", 'dd/mm/yyyy" à "hh:mm'
RISKY = ("=", "+", "-", "@", "\t")
"""Signs with which a formula may start in some readers."""


def styles_add(book: Workbook) -> None:
    # Widths of columns are counted in figures of the usual style.
    book._named_styles["Normal"].font = Font(name=FACE, size=SIZE)
    for name, parts in STYLES.items():
        book.add_named_style(NamedStyle(name, **parts))


def put(
    sheet: Worksheet, row: int, column: int, value: Any, *, style: str = "", kind: str = "number", digits: int = 0
) -> Cell:
    """Write one value. A text is stored as a text whatever its first sign: it can never be read as a formula, nor
    become one when somebody edits the cell.
    """
    cell = sheet.cell(row, column)
    is_text = value is None or isinstance(value, str)
    cell.style = style or (TEXT if is_text and value is not None else NUMBER)
    if is_text:
        cell.value = text_fit("–" if value is None else value)
        cell.data_type = "s"
        cell.quotePrefix = str(cell.value).startswith(RISKY)
        return cell
    # The file keeps sixteen figures: beyond fifteen, what is read back is another number, and the seal is broken.
    cell.value = float(f"{value:.15g}") if isinstance(value, float) else _local(value)
    cell.number_format = _format(value, kind, digits)
    cell.alignment = RIGHT
    return cell


def _local(value: Any) -> Any:
    """Return a moment in the time of Paris: Excel knows no time zone."""
    return timezone.make_naive(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def _format(value: Any, kind: str, digits: int) -> str:
    if isinstance(value, dt.datetime):
        return MOMENT_FORMAT
    if isinstance(value, dt.date):
        return DAY_FORMAT
    return "#,##0.0" if kind == "number" and digits else FORMATS.get(kind, "General")


def put_figure(sheet: Worksheet, row: int, column: int, figure: Figure, *, style: str = "") -> Cell:
    value, kind = figure.value, figure.kind
    is_broken = kind == "number" and isinstance(value, float) and not value.is_integer()
    return put(sheet, row, column, value, style=style, kind=kind, digits=1 if is_broken else 0)


def put_title(sheet: Worksheet, row: int, text: str, *, style: str = HEADING, column: int = 1) -> None:
    """Write a title, which runs over the empty cells on its right instead of wrapping in its own."""
    put(sheet, row, column, text, style=style).alignment = TOP


def put_headers(
    sheet: Worksheet, row: int, labels: tuple[str, ...] | list[str], *, numbers: Container[int] = ()
) -> None:
    """Write headers of columns; those of `numbers` (counted from 1) are right-aligned, above their numbers."""
    for column, label in enumerate(labels, start=1):
        cell = put(sheet, row, column, label, style=HEADER)
        if column in numbers:
            cell.alignment = RIGHT


def put_row(sheet: Worksheet, row: int, values: tuple | list) -> None:
    for column, value in enumerate(values, start=1):
        put(sheet, row, column, value).border = LINE


def widths(sheet: Worksheet, *sizes: float) -> None:
    for place, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = size


def printable(sheet: Worksheet, *, header_row: int, footer: str, is_upright: bool = False) -> None:
    """Set A4, one page wide, rows down to `header_row` repeated, and the nature of the instance in the footer, which
    has a margin of its own.
    """
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.4, bottom=0.7, header=0.2, footer=0.25)
    sheet.page_setup.orientation = "portrait" if is_upright else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{header_row}"
    sheet.oddFooter.left.text = footer
    sheet.oddFooter.right.text = "Page &P sur &N"
    sheet.freeze_panes = sheet.cell(header_row + 1, 1)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = LINE_HEIGHT


PAGE_WIDTH, PAGE_HEIGHT = 19.4, 26.2
"""Of what an upright A4 page holds between its margins, in centimetres."""
LINE_HEIGHT = 12
"""Of a line of text, in points."""
CHARACTER = 0.189
"""Width of a figure of the usual style, in centimetres: columns are counted in it."""
DENSITY = 1.1
"""How many letters of a text stand on the width of a figure."""


def page_lines(sheet: Worksheet, *, columns: int) -> int:
    """Return how many lines of text a page has once `columns` hold on its width."""
    sizes = [sheet.column_dimensions[get_column_letter(place)].width for place in range(1, columns + 1)]
    scale = min(1.0, PAGE_WIDTH / sum(size * CHARACTER + 0.13 for size in sizes))
    return int(PAGE_HEIGHT / (LINE_HEIGHT / 72 * 2.54) / scale)


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column. Heights are written because charts are placed by them."""
    return max(1, -(-len(text) // int(width * DENSITY)))
