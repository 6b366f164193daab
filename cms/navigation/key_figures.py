"""A few figures on the first page of each role: what is counted, where the rows are, how it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class KeyFigure:
    """`url` leads to the rows; `how` says in one sentence what is counted and since when."""

    label: str
    value: int | str
    url: str
    how: str
    note: str = ""


def counts_read(rows: Mapping[str, QuerySet]) -> dict[str, int]:
    """How many rows each queryset has under the scope of the reader, in one statement."""
    selects: list[str] = []
    params: list[Any] = []
    for name, queryset in rows.items():
        statement, values = queryset.order_by().values("pk").query.sql_with_params()
        # Names are written by the caller; what comes from the reader is in `params`.
        selects.append(f"(SELECT count(*) FROM ({statement}) counted) AS {name}")  # noqa: S608
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selects)}", params)
        return dict(zip(rows, cursor.fetchone(), strict=True))
