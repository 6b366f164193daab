"""Filters of the admin lists: choices that the person may see, dates in plain fields, references only."""

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from cms.values.models import Value


class DayInput(forms.DateInput):
    """The browser's own calendar, without JavaScript."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class ScopedFilterSet(WagtailFilterSet):
    """Base of our filters. Querysets of choices go through the wall like any other."""


def value_filter(list_code: str, label: str, **kwargs) -> django_filters.ModelChoiceFilter:
    """Choose one value of a list, retired ones included: old rows still carry them."""
    return django_filters.ModelChoiceFilter(
        queryset=lambda request: Value.objects.of_list(list_code), label=label, empty_label="Tous", **kwargs
    )


def day_filters(field: str, label: str) -> dict[str, django_filters.DateFilter]:
    """Two filters, `<field>_from` and `<field>_to`, both days included."""
    return {
        f"{field}_from": django_filters.DateFilter(
            field_name=field, lookup_expr="gte", label=f"{label} à partir du", widget=DayInput
        ),
        f"{field}_to": django_filters.DateFilter(
            field_name=field, lookup_expr="lte", label=f"{label} jusqu’au", widget=DayInput
        ),
    }
