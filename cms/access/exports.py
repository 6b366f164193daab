"""Workbooks of the admin lists: typed cells, local times, no text ever read as a formula."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {dt.datetime: "dd/mm/yyyy hh:mm", dt.date: "dd/mm/yyyy"}


def workbook_write(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> tuple[BytesIO, int]:
    """The workbook and the number of rows written. Rows are read one by one: memory does not grow with them."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title=title[:31])
    sheet.freeze_panes = "A2"
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 22
    sheet.append([_heading(sheet, heading) for heading in headings])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    output = BytesIO()
    workbook.save(output)
    output.seek(0)
    return output, count


def workbook_response(output: BytesIO, filename: str) -> FileResponse:
    return FileResponse(output, as_attachment=True, content_type=CONTENT_TYPE, filename=f"{filename}.xlsx")


def _heading(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value: Any) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    if value is not None and not isinstance(value, int | float | Decimal | dt.date):
        value = str(value) if not isinstance(value, UUID) else value.hex
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value)
    if number_format := FORMATS.get(type(value)):
        cell.number_format = number_format
    return cell
