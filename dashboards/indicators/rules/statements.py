"""SQL of a queryset reduced to the columns that are read: what the others would have joined is left out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet


def statement_of(queryset: QuerySet, names: Sequence[str]) -> tuple[str, Sequence]:
    """Return the SQL of these columns, and its parameters, without the joins that none of them reads.

    A population annotates every cut; each of its joins leads to one row at most (a foreign key, or the principal
    form): leaving it out changes no row, and joins cost as much as all the rest. It holds under a whole scope alone:
    under another, a parent out of sight would have taken its row away.
    """
    query: Any = queryset.values(*names).query
    needed = {query.base_table}
    for column in query._gen_cols(
        [*query.select, *query.annotation_select.values(), query.where], include_external=True
    ):
        alias = column.alias
        while alias is not None and alias not in needed:
            needed.add(alias)
            alias = getattr(query.alias_map[alias], "parent_alias", None)
    query.alias_refcount |= {
        alias: 0 for alias, join in query.alias_map.items() if alias not in needed and _is_single(join)
    }
    return query.sql_with_params()


def _is_single(join: Any) -> bool:
    """Return whether a join leads to one row at most, and removes none."""
    if getattr(join, "filtered_relation", None):
        return True
    field = getattr(join, "join_field", None)
    return (
        field is not None
        and (field.many_to_one or field.one_to_one)
        and (join.nullable is False or join.join_type == "LEFT OUTER JOIN")
    )
