"""Workbooks of the admin lists: typed cells, local times, no text ever read as a formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from cms.kit.xlsx.sheets import Render, sheets_write

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ListExport:
    """What a list gives when it is taken out. `rows` reads them one by one, so that memory does not grow.

    `action`, `kind` and `filters` are for the journal; `facts` for the sheet that says what was asked.
    """

    title: str
    headings: Sequence[str]
    total: int
    rows: Callable[[], Iterable[Sequence[Any]]]
    action: str
    renders: Sequence[Render] = ()
    kind: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    facts: Sequence[tuple[str, Any]] = ()
    file_name: str = "export"


Long = Callable[[HttpRequest, str, ListExport], HttpResponse | None]
_long: list[Long] = []


def long_register(answer: Long) -> None:
    """Give the function that takes over an export too long for one answer; None when it is short enough."""
    _long.append(answer)


def long_answer(request: HttpRequest, source: str, taken: ListExport) -> HttpResponse | None:
    return next((response for answer in _long if (response := answer(request, source, taken)) is not None), None)


def workbook_write(
    headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str, renders: Sequence[Render] = ()
) -> tuple[BytesIO, int]:
    """Write a short workbook; return it with its number of rows."""
    output = BytesIO()
    count = sheets_write(output, headings, rows, title=title, renders=renders)
    output.seek(0)
    return output, count


def list_export_write(taken: ListExport) -> tuple[BytesIO, int]:
    output = BytesIO()
    count = sheets_write(
        output, taken.headings, taken.rows(), title=taken.title, renders=taken.renders, facts=taken.facts
    )
    output.seek(0)
    return output, count


def workbook_response(output: BytesIO, filename: str) -> FileResponse:
    return FileResponse(output, as_attachment=True, content_type=CONTENT_TYPE, filename=f"{filename}.xlsx")
