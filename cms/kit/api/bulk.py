"""A whole list at once, for a copy: one JSON a line, or a sheet.

Drawn inside the transaction of the request, so that every row is of the same instant and under the same wall; a
stream would outlive both.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from rest_framework.renderers import BaseRenderer

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
MOST = 50_000
"""Rows of one answer."""


class BulkRenderer(BaseRenderer):
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> str:
        """Return text: bytes that are empty would lose their type, and a list may have no row."""
        response = (renderer_context or {}).get("response")
        if response is not None and response.status_code >= 400:
            return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
        return self.drawn(data["columns"], data["rows"])

    def drawn(self, columns: Sequence[str], rows: list[dict[str, Any]]) -> str:
        raise NotImplementedError


class NdjsonRenderer(BulkRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"

    def drawn(self, columns: Sequence[str], rows: list[dict[str, Any]]) -> str:
        return "".join(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n" for row in rows)


class CsvRenderer(BulkRenderer):
    """A link takes two columns, a list of codes one cell. What a spreadsheet would take for a formula is quoted."""

    media_type = "text/csv"
    format = "csv"

    def drawn(self, columns: Sequence[str], rows: list[dict[str, Any]]) -> str:
        output = io.StringIO()
        # A link that is hidden has no cell of its own: its two columns stay empty.
        writer = csv.DictWriter(output, columns, lineterminator="\r\n", restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in _flat(row).items()} for row in rows)
        return output.getvalue()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            cells |= {f"{name}.{part}": each for part, each in value.items()}
        else:
            cells[name] = value
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(each if isinstance(each, str) else json.dumps(each, cls=DjangoJSONEncoder) for each in value)
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text
