"""Workbooks to fill in: the titles, and on another sheet what the cells may say."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

WIDTH = 26


def blank_book(
    name: str,
    headings: Sequence[str],
    codes: Iterable[Sequence[str]],
    *,
    texts: Iterable[int] = (),
    lines: int = 0,
) -> io.BytesIO:
    """Return a workbook whose sheet `name` holds `headings`; `codes` are rows « Colonne, Code, Libellé ».

    Columns of `texts` are text on the first `lines` lines: a spreadsheet would make 1 of the département 01.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(list(headings))
    sheet.freeze_panes = "A2"
    allowed = book.create_sheet("Codes")
    for row in (("Colonne", "Code", "Libellé"), *codes):
        allowed.append(list(row))
    for each in (sheet, allowed):
        for cell in each[1]:
            cell.font = Font(bold=True)
        for column in range(1, each.max_column + 1):
            each.column_dimensions[get_column_letter(column)].width = WIDTH
    for line in range(2, lines + 2):
        for column in texts:
            sheet.cell(row=line, column=column + 1).number_format = "@"
    output = io.BytesIO()
    book.save(output)
    output.seek(0)
    return output
