"""Opening a workbook that somebody hands in: the guards, then its lines as openpyxl reads them."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cms.files.rules.offices import FileType, office_clean
from cms.files.rules.refusals import FileRefusedError
from cms.kit.xlsx.archives import UNREADABLE, archive_check
from cms.vault.hashing import normalise

MEGABYTE = 1024 * 1024
NOT_A_BOOK = "Ce fichier n’est pas un classeur .xlsx : un .csv ou un .xls s’enregistre d’abord en .xlsx."
# A bound against archives that swell: a real workbook opens to five to eight times its size.
SWELLS = 15


def sheet_open(data: bytes, *, most_bytes: int, name: str = "") -> Any:
    """Return the sheet called `name`, or the first one. Formulas come as they are written: a value may be anything.

    Raise `ValidationError` for a file longer than `most_bytes`, for what is no workbook, and for a damaged one.
    """
    if len(data) > most_bytes:
        raise ValidationError(f"Ce classeur dépasse {most_bytes // MEGABYTE}\xa0Mo : découpez-le.")
    try:
        archive_check(data, most=SWELLS * most_bytes)
        kind, cleaned = office_clean(data)
    except FileRefusedError as refused:
        raise ValidationError(
            "Ce fichier contient autre chose que des cases, ou un mot de passe le protège : partez du modèle."
        ) from refused
    except UNREADABLE:
        raise ValidationError(NOT_A_BOOK) from None
    if kind != FileType.XLSX:
        raise ValidationError(NOT_A_BOOK)
    try:
        book = load_workbook(io.BytesIO(cleaned), read_only=True, data_only=False, keep_links=False)
        return book[name] if name in book.sheetnames else book.worksheets[0]
    except Exception:  # noqa: BLE001 - whatever a damaged part makes openpyxl raise, the file is not one to read
        raise ValidationError("Ce classeur est abîmé et ne s’ouvre pas : enregistrez-le à nouveau.") from None


def headings_check(cells: Sequence[Any], headings: Sequence[str]) -> None:
    """Raise `ValidationError` for the first cell of the first line that is not its heading."""
    for column, heading in enumerate(headings):
        written = cells[column] if column < len(cells) else ""
        if normalise(str(written or "")) != normalise(heading):
            place = f"Ligne 1, colonne {get_column_letter(column + 1)}"
            raise ValidationError(f"{place} : le titre attendu est « {heading} ». Partez du modèle.")


def is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def text_of(value: Any) -> str:
    """Return a value as somebody reads it: one space between words, a whole number without decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())
