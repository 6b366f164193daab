"""Fields and words shared by the forms of the portal."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import BooleanField, ChoiceField, DateField, DateInput, DateTimeInput, Field, Form
from django.utils import timezone

from cms.kit.forms.fields import BoundedMomentField
from cms.values.models import Value

NOT_A_MOMENT = "Indiquez le jour et l’heure."
NOT_A_DAY = "Indiquez un jour qui existe."


class MomentField(BoundedMomentField):
    """A day and an hour of Paris, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, error_messages={"invalid": NOT_A_MOMENT, "required": NOT_A_MOMENT}, **kwargs)


class DayField(DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages={"invalid": NOT_A_DAY, "required": NOT_A_DAY}, **kwargs)


def needed(sentence: str) -> dict[str, str]:
    """Return the error messages of a compulsory field that is left empty."""
    return {"required": sentence}


def choices(values: list[Value]) -> list[tuple[str, str]]:
    return [(value.pk, value.label) for value in values]


def refuse(form: Form, error: ValidationError) -> None:
    """Put the errors of a service beside their fields, or at the top when the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = (name, name.removesuffix("_id"), getattr(form, "aliases", {}).get(name, ""))
        form.add_error(next((field for field in known if field in form.fields), None), errors)


def words(field: Field, value: Any) -> str:
    """Return a valid value in the words of the screen."""
    if isinstance(field, BooleanField):
        return "Oui" if value else "Non"
    if isinstance(field, ChoiceField):
        labels = dict(flat(cast(Iterable[Any], field.choices)))
        return "\n".join(labels[item] for item in (value if isinstance(value, list) else [value]))
    if isinstance(field, MomentField):
        return f"{timezone.localtime(value):%d/%m/%Y à %H:%M}"
    return str(value)


def flat(pairs: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for key, label in pairs:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
