"""Whatever the rows hold, the file opens in three readers and says the same; memory does not follow its length."""

import datetime as dt
import io
import tracemalloc
from decimal import Decimal
from itertools import repeat
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from cms.kit.xlsx.cells import CONTROL, MOST_ROWS
from cms.kit.xlsx.sheets import RowLimitError, sheets_write
from tests.readers import cells_of, opened_by_libreoffice

PARIS = ZoneInfo("Europe/Paris")
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tnom",
    "=cmd|' /C calc'!A0",
    "a\x00\x0bb",
    "Foyer 🏠 <i> & Cie",
    " x ",
    "]]>",
]
TYPED = [
    (7, dt.date(2026, 3, 4), dt.datetime(2026, 3, 4, 23, 27, tzinfo=dt.UTC), 0.25, True, None, Decimal("12.50")),
    (
        2**60,
        dt.date(1999, 12, 31),
        dt.datetime(2026, 7, 1, 0, 30, tzinfo=PARIS),
        float("nan"),
        False,
        "",
        float("inf"),
    ),
]


class Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def written(headings: list[str], rows, **options) -> bytes:
    output = io.BytesIO()
    sheets_write(output, headings, rows, title="Lignes : 1/2", **options)
    return output.getvalue()


def read(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_each_value_keeps_its_type_and_its_hour_in_paris():
    head, first, second = read(written([f"C{n}" for n in range(7)], TYPED))["Lignes   1 2"]
    assert head == [f"C{n}" for n in range(7)]
    assert first[:5] == [7, dt.date(2026, 3, 4), dt.datetime(2026, 3, 5, 0, 27), 0.25, "oui"]
    assert first[6] == 12.5
    assert second[:5] == [str(2**60), dt.date(1999, 12, 31), dt.datetime(2026, 7, 1, 0, 30), "–", "non"]
    assert second[6] == "–"


def test_no_text_is_run_nor_lost():
    sheet = openpyxl.load_workbook(io.BytesIO(written(["Texte"], [(text,) for text in HOSTILE]))).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"} or {cell.data_type for cell in cells} == {"inlineStr"}
    assert [cell.value for cell in cells] == [CONTROL.sub("", text) for text in HOSTILE]


def test_libreoffice_says_what_calamine_says(tmp_path):
    rows = [(text, *TYPED[number % 2][:5]) for number, text in enumerate(HOSTILE)]
    content = written(["Texte", *"ABCDE"], rows, facts=[("Numéro", "EXP-2026-0001"), ("Lu le", TYPED[0][2])])
    found, expected = opened_by_libreoffice(content, tmp_path), read(content)
    assert list(found) == list(expected) == ["Lignes   1 2", "À propos"]
    for name in expected:
        assert _plain(cells_of(found[name])) == _plain(cells_of(expected[name]))


def _plain(cells: dict) -> dict:
    """LibreOffice writes a tab as spaces in its own format."""
    return {place: value.strip() if isinstance(value, str) else value for place, value in cells.items()}


def test_a_text_of_32_768_signs_is_cut_aloud():
    (_, (cell,)) = read(written(["Texte"], [("é" * 32_768,)])).popitem()[1]
    assert len(cell) == 32_767
    assert cell.endswith("(texte coupé : une cellule n’en contient pas plus)")


def test_more_rows_than_a_sheet_holds_are_refused():
    assert sheets_write(Nowhere(), ["A"], repeat((None,), MOST_ROWS - 1), title="Lignes") == MOST_ROWS - 1
    with pytest.raises(RowLimitError):
        sheets_write(Nowhere(), ["A"], repeat((None,), MOST_ROWS), title="Lignes")


def peak(count: int) -> int:
    tracemalloc.start()
    sheets_write(Nowhere(), ["A", "B"], ((number, f"ligne {number}") for number in range(count)), title="Lignes")
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest


def test_memory_does_not_follow_the_number_of_rows():
    assert peak(30_000) - peak(3_000) < 200_000
