"""Filters of the admin lists: choices that the person may see, dates in plain fields, references only."""

from functools import cache

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from cms.territory.models import Territory
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


class ValueFilter(django_filters.ChoiceFilter):
    """Choose one value of a list, retired ones included: old rows still carry them."""

    def __init__(self, list_code: str, label: str, **kwargs):
        self.list_code = list_code
        super().__init__(label=label, empty_label="Tous", choices=[], **kwargs)


class ScopedFilterSet(WagtailFilterSet):
    """Base of our filters. One query brings the choices of every list of values."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = [field for field in self.filters.values() if isinstance(field, ValueFilter)]
        values = Value.objects.filter(list_id__in={field.list_code for field in asked}) if asked else []
        choices = [(value.list_id, value.pk, value.label) for value in values]
        for field in asked:
            field.extra["choices"] = [(pk, label) for list_code, pk, label in choices if list_code == field.list_code]


@cache
def territory_choices() -> tuple[tuple[str, str], ...]:
    """The official list, the same for everybody, read once: it changes with a release only."""
    return tuple((territory.pk, str(territory)) for territory in Territory.objects.all())


def territory_filter(field: str, label: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field_name=field, label=label, empty_label="Tous", choices=territory_choices)


def day_filters(field: str, label: str) -> tuple[django_filters.DateFilter, django_filters.DateFilter]:
    """Return two filters, both days included, to declare as `<field>_from, <field>_to`."""
    return (
        django_filters.DateFilter(field_name=field, lookup_expr="gte", label=f"{label} à partir du", widget=DayInput),
        django_filters.DateFilter(field_name=field, lookup_expr="lte", label=f"{label} jusqu’au", widget=DayInput),
    )
