"""Changing what a field of a form offers, once the form is built."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField

Choice = tuple[Any, Any]
"""A value and its label, or the label of a group and its own choices."""


def choices_offer(form: BaseForm, name: str, choices: Iterable[Choice]) -> None:
    """Make `choices` those of the field `name`, a `ChoiceField` of the form."""
    cast(ChoiceField, form.fields[name]).choices = list(choices)


def rows_offer(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Make `rows` those of the field `name`, a `ModelChoiceField` of the form."""
    cast(ModelChoiceField, form.fields[name]).queryset = rows


def rows_offered(form: BaseForm, name: str) -> QuerySet[Any]:
    """Return the rows that the field `name` offers."""
    queryset = cast(ModelChoiceField, form.fields[name]).queryset
    if queryset is None:
        raise ValueError(f"The field {name} offers no rows yet.")
    return queryset
