"""Moments that the database can hold, and what a field of a form offers once the form is built."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, DateTimeField, ModelChoiceField
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1900, 2199
NOT_A_MOMENT = "Indiquez un jour et une heure qui existent."

Choice = tuple[Any, Any]
"""A value and its label, or the label of a group and its own choices."""


def moment_within_reach(moment: dt.datetime | None) -> dt.datetime | None:
    """Return a moment at the hour of Paris. Raises `ValidationError` for one that is out of these years.

    Python reads an hour sixteen hours from UTC and more, and years that no zone can tell: PostgreSQL takes neither.
    """
    if moment is None:
        return None
    try:
        local = timezone.localtime(moment)
    except OverflowError as error:
        raise ValidationError(NOT_A_MOMENT, code="invalid") from error
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValidationError(NOT_A_MOMENT, code="invalid")
    return local


class BoundedMomentField(DateTimeField):
    """A day and an hour; without a zone, those of Paris."""

    default_error_messages = {"invalid": NOT_A_MOMENT}

    def to_python(self, value: Any) -> dt.datetime | None:
        return moment_within_reach(super().to_python(value))


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
