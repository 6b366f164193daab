"""Shared tables, as a part of the configuration."""

from typing import Any

from cms.values.config import config_register
from dashboards.models import SavedTable
from dashboards.tables.services import FACTS, table_save


def register() -> None:
    config_register("tables", "Tableaux partagés", tables_dump, tables_put, order=40)


def tables_dump() -> list[dict]:
    rows = SavedTable.objects.filter(is_shared=True, removed_at=None).order_by("title", "pk")
    return [{name: getattr(row, name) for name in FACTS} for row in rows]


def tables_put(content: list[dict], by: Any) -> int:
    """Tables that are not here yet, under the account that loads: a table of somebody else is never changed."""
    known = tables_dump()
    wanted = [item for item in content if item not in known]
    for item in wanted:
        mine = SavedTable.objects.filter(title=item["title"], author=by, removed_at=None).first()
        table_save(user=by, table=mine, **{name: item[name] for name in FACTS}, is_shared=True)
    return len(wanted)
