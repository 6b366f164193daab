"""Writing cells: a text is always a text, a number keeps its format, a time is local."""

import re
from collections.abc import Container
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.indicators.results import Figure

TITLE = Font(name="Calibri", size=15, bold=True, color="12385A")
HEADING = Font(name="Calibri", size=12, bold=True, color="12385A")
HEADER = Font(name="Calibri", bold=True, color="FFFFFF")
STRONG = Font(name="Calibri", bold=True)
MUTED = Font(name="Calibri", italic=True, color="54616D")
WARNING = Font(name="Calibri", bold=True, color="8C1D18")
HEADER_FILL = PatternFill("solid", fgColor="17507F")
LINE = Border(bottom=Side(style="thin", color="D5DBE1"))
WRAP = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
FORMATS = {"number": "#,##0", "percent": "0%", "hours": '0.0" h"', "days": '0.0" j"'}
LONGEST = 32_000
# Excel refuses these characters, and a formula may start with any of the signs below in some readers.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def put(
    sheet: Worksheet, row: int, column: int, value: Any, *, font: Font | None = None, kind: str = "number"
) -> Cell:
    """Write one value. A text is stored as a text whatever its first sign: it can never be read as a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = CONTROL.sub("", value)[:LONGEST]
        cell.data_type = "s"
        cell.alignment = WRAP
    elif value is None:
        cell.value = "–"
        cell.data_type = "s"
        cell.alignment = RIGHT
    else:
        cell.value = value
        cell.number_format = FORMATS.get(kind, "General")
        cell.alignment = RIGHT
    if font:
        cell.font = font
    return cell


def put_figure(sheet: Worksheet, row: int, column: int, figure: Figure, *, font: Font | None = None) -> Cell:
    value = figure.value
    kind = figure.kind
    if kind == "number" and isinstance(value, float) and not value.is_integer():
        cell = put(sheet, row, column, value, font=font)
        cell.number_format = "#,##0.0"
        return cell
    return put(sheet, row, column, value, font=font, kind=kind)


def put_title(sheet: Worksheet, row: int, text: str, *, font: Font = HEADING) -> None:
    """A title runs over the empty cells on its right instead of wrapping in its own."""
    put(sheet, row, 1, text, font=font).alignment = Alignment(vertical="top")


def put_headers(
    sheet: Worksheet, row: int, labels: tuple[str, ...] | list[str], *, numbers: Container[int] = ()
) -> None:
    """Headers of columns; those of `numbers` (counted from 1) stand on the right, above their numbers."""
    for column, label in enumerate(labels, start=1):
        cell = put(sheet, row, column, label, font=HEADER)
        cell.fill = HEADER_FILL
        if column in numbers:
            cell.alignment = RIGHT


def put_row(sheet: Worksheet, row: int, values: tuple | list) -> None:
    for column, value in enumerate(values, start=1):
        put(sheet, row, column, value).border = LINE


def widths(sheet: Worksheet, *sizes: float) -> None:
    for place, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = size


def printable(sheet: Worksheet, *, header_row: int, footer: str, is_upright: bool = False) -> None:
    """A4, one page wide, rows down to `header_row` repeated, and what the instance is in the footer."""
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
