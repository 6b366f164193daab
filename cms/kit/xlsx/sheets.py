"""Workbooks of many rows, written as they are read: memory does not grow with them, nothing is kept on the disk.

Why not a library, and how it compares with them: docs/exports.md and `benchmarks/sheets.py`.
"""

import datetime as dt
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import IO, Any, Protocol, cast

from django.utils import timezone
from django.utils.functional import Promise

from cms.kit.xlsx.cells import MOST_ROWS, MOST_SIGNS, text_fit

Render = Callable[[Any], str]
"""From a value to the XML of its cell."""
EMPTY = "<c/>"
DAY, MOMENT, HEAD = 1, 2, 3
"""Ranks of the styles of `STYLES`."""
FIRST_DAY = dt.date(1899, 12, 30).toordinal()
"""Excel counts days from here, its false 29 February 1900 included."""
EXACT = 2**53
"""Beyond, a number of a spreadsheet loses its last digits."""
TO_WATCH = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|^\s|\s$")
LEVEL = 1
"""Of compression: a file one quarter larger than the usual level, for a third of the time."""
BATCH = 400
"""Rows handed at once to the compressor."""


class Sink(Protocol):
    """Where the file goes: an encrypted body, a buffer."""

    def write(self, data: bytes, /) -> int: ...


class RowLimitError(ValueError):
    """More rows than one sheet holds."""


class _Forward:
    """A sink that is only written forward: the archive then keeps no place to come back to."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._at = sink, 0

    def write(self, data: bytes) -> int:
        self._sink.write(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        return None

    def seekable(self) -> bool:
        return False


def sheets_write(
    sink: Sink,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    renders: Sequence[Render] = (),
    facts: Sequence[tuple[str, Any]] = (),
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Write one sheet of rows, and one of `facts` about them when given; return how many rows were written.

    `renders`: one function a column, which spares looking at the type of each value. `on_progress` is given the
    number of rows written so far.

    Raise `RowLimitError` before the end of the file: what was written until then is not a workbook.
    """
    chosen = tuple(renders) or (cell_of,) * len(headings)
    names = [_name(title), *(["À propos"] if facts else [])]
    with zipfile.ZipFile(cast(IO[bytes], _Forward(sink)), "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for path, content in _skeleton(names).items():
            archive.writestr(path, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(_sheet_head([22.0] * len(headings), is_frozen=True).encode())
            part.write(f"<row>{''.join(_text(heading, HEAD) for heading in headings)}</row>".encode())
            count = _rows(part.write, rows, chosen, on_progress)
            part.write(b"</sheetData></worksheet>")
        if facts:
            lines = "".join(f"<row>{_text(label, HEAD)}{cell_of(value)}</row>" for label, value in facts)
            sheet = f"{_sheet_head([34, 70], is_frozen=False)}{lines}</sheetData></worksheet>"
            archive.writestr("xl/worksheets/sheet2.xml", sheet)
    return count


def _rows(
    write: Callable[[bytes], Any],
    rows: Iterable[Sequence[Any]],
    renders: tuple[Render, ...],
    on_progress: Callable[[int], None] | None,
) -> int:
    count, batch = 0, []
    for row in rows:
        batch.append("".join([render(value) for render, value in zip(renders, row, strict=True)]))
        if len(batch) == BATCH:
            count = _batch(write, batch, count, on_progress)
    return _batch(write, batch, count, on_progress) if batch else count


def _batch(
    write: Callable[[bytes], Any], batch: list[str], count: int, on_progress: Callable[[int], None] | None
) -> int:
    count += len(batch)
    if count >= MOST_ROWS:
        raise RowLimitError
    write(f"<row>{'</row><row>'.join(batch)}</row>".encode())
    batch.clear()
    if on_progress:
        on_progress(count)
    return count


def text_cell(value: Any) -> str:
    """Write a text cell, whatever its first sign: it is never read as a formula."""
    if value is None or value == "":
        return EMPTY
    text = value if isinstance(value, str) else str(value)
    if len(text) * 2 > MOST_SIGNS or TO_WATCH.search(text):
        return _text(text)
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _text(value: str, style: int = 0) -> str:
    text = text_fit(str(value)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    worn = f' s="{style}"' if style else ""
    return f'<c{worn} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number_cell(value: Any) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, int):
        return f"<c><v>{value:d}</v></c>" if -EXACT <= value <= EXACT else text_cell(str(value))
    return f"<c><v>{value}</v></c>" if math.isfinite(value) else text_cell("–")


def day_cell(value: dt.date | None) -> str:
    return EMPTY if value is None else f'<c s="{DAY}"><v>{value.toordinal() - FIRST_DAY}</v></c>'


def moment_cell(value: dt.datetime | None) -> str:
    """In Paris: a spreadsheet knows no time zone."""
    if value is None:
        return EMPTY
    if timezone.is_aware(value):
        value = value.astimezone(timezone.get_default_timezone())
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f'<c s="{MOMENT}"><v>{value.toordinal() - FIRST_DAY + seconds / 86_400!r}</v></c>'


def yes_cell(value: bool | None) -> str:
    return EMPTY if value is None else text_cell("oui" if value else "non")


def cell_of(value: Any) -> str:
    """Any value, once it was looked at."""
    if isinstance(value, str | Promise):
        return text_cell(value)
    if isinstance(value, bool):
        return yes_cell(value)
    if isinstance(value, int | float | Decimal):
        return number_cell(value)
    if isinstance(value, dt.datetime):
        return moment_cell(value)
    return day_cell(value) if isinstance(value, dt.date) else text_cell(value)


def _name(title: str) -> str:
    """Name a sheet: at most 31 characters, and none of those that Excel refuses."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "Lignes"


def _sheet_head(widths: Sequence[float], *, is_frozen: bool) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if is_frozen else ""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = f"""{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/>\
<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>\
<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">\
<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>\
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/>\
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def _skeleton(names: Sequence[str]) -> dict[str, str]:
    """Write the parts of the archive that say what the others are."""
    numbers = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, map(_attribute, names), strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}<Relationship '
        f'Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
