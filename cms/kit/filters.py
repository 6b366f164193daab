"""Dates in plain fields, in the forms and filters of the admin."""

from typing import Any

import django_filters
from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar, without JavaScript."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def day_filters(field: str, label: str) -> tuple[django_filters.DateFilter, django_filters.DateFilter]:
    """Return two filters, both days included, to declare as `<field>_from, <field>_to`."""
    return (
        django_filters.DateFilter(field_name=field, lookup_expr="gte", label=f"{label} à partir du", widget=DayInput),
        django_filters.DateFilter(field_name=field, lookup_expr="lte", label=f"{label} jusqu’au", widget=DayInput),
    )
