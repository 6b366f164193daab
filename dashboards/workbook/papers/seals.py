"""The hash of a sheet, which proves that no figure of it was changed since the export."""

import datetime as dt
import hashlib
import io
import re
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.workbook.papers.cells import MUTED, put

SEALED = re.compile(r"Code de trace ([0-9A-F-]{19})\. Empreinte de la feuille : ([0-9a-f]{64})")


def seal_put(sheet: Worksheet, trace: str, *, columns: int) -> str:
    """Write trace code and hash under the last row, and set the print area. Returns the hash."""
    digest = sheet_hash(sheet)
    row = sheet.max_row + 1
    put(sheet, row, 1, f"Code de trace {trace}. Empreinte de la feuille : {digest}", style=MUTED)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[row].height = 24
    last = f"{get_column_letter(columns)}{row}"
    sheet.print_area = f"A1:{last}"
    return digest


def sheet_hash(sheet: Worksheet) -> str:
    """Return the SHA-256 of the title and of every filled cell, without the line of the seal."""
    lines = [sheet.title]
    for row in sheet.iter_rows():
        lines += [
            f"{cell.coordinate}\t{_canonical(cell.value)}"
            for cell in row
            if cell.value not in (None, "") and not SEALED.fullmatch(str(cell.value))
        ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _canonical(value: Any) -> str:
    """Return the same text for a value just written or read back: Excel knows one kind of number, and of day."""
    if isinstance(value, bool | str):
        return f"t{value}"
    if isinstance(value, dt.datetime):
        return f"d{value.replace(microsecond=0).isoformat()}"
    if isinstance(value, dt.date):
        return f"d{dt.datetime.combine(value, dt.time()).isoformat()}"
    return f"n{float(value)!r}"


def workbook_check(content: bytes) -> dict[str, tuple[str, bool]]:
    """Return the trace code of each sheet and whether its content is unchanged; no code for a sheet added since.

    Raises `ValueError` for what is not a workbook.
    """
    try:
        book = load_workbook(io.BytesIO(content))
    except Exception as error:  # whatever the damage, the file cannot be read
        raise ValueError("not a workbook") from error
    return {sheet.title: _checked(sheet) for sheet in book.worksheets}


def _checked(sheet: Worksheet) -> tuple[str, bool]:
    for row in sheet.iter_rows(max_col=1, values_only=True):
        if seal := SEALED.fullmatch(str(row[0])):
            return seal[1], seal[2] == sheet_hash(sheet)
    return "", False
