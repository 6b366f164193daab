"""The filters of a list, built from its columns."""

from collections.abc import Iterable
from typing import Any

import django_filters

from cms.columns.enums import Kind
from cms.columns.rules.columns import Column
from cms.kit.filters import DayInput
from cms.values.forms import ScopedFilterSet, ValueFilter


def filterset_of(columns: Iterable[Column], model: Any) -> type[ScopedFilterSet]:
    """Return the filters of these columns, in their order."""
    filters: dict[str, Any] = {}
    for column in columns:
        if column.can_filter:
            filters |= _filters(column)
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Filters", (ScopedFilterSet,), {"Meta": meta, **filters})


def _filters(column: Column) -> dict[str, django_filters.Filter]:
    path, label = column.filtered_path, column.label
    if column.list_code:
        return {column.code: ValueFilter(column.list_code, label, field_name=path)}
    if column.kind == Kind.CHOICE and column.choices:
        choice = django_filters.ChoiceFilter(field_name=path, label=label, empty_label="Tous", choices=column.choices)
        return {column.code: choice}
    if column.kind == Kind.YES_NO:
        return {column.code: django_filters.BooleanFilter(field_name=path, label=label)}
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return _between(column, f"{path}__date" if column.kind == Kind.MOMENT else path)
    if column.kind == Kind.NUMBER:
        return {
            f"{column.code}_least": _bound(django_filters.NumberFilter, path, "gte", f"{label} : au moins"),
            f"{column.code}_most": _bound(django_filters.NumberFilter, path, "lte", f"{label} : au plus"),
        }
    return {}


def _between(column: Column, path: str) -> dict[str, django_filters.Filter]:
    """Two days, both included."""
    return {
        f"{column.code}_from": _bound(
            django_filters.DateFilter, path, "gte", f"{column.label} à partir du", widget=DayInput
        ),
        f"{column.code}_to": _bound(
            django_filters.DateFilter, path, "lte", f"{column.label} jusqu’au", widget=DayInput
        ),
    }


def _bound(
    kind: type[django_filters.Filter], path: str, lookup: str, label: str, **more: Any
) -> django_filters.Filter:
    return kind(field_name=path, lookup_expr=lookup, label=label, **more)
