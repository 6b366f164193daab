"""Forms of the admin: choices narrowed to what may be chosen, saved by a service, errors beside their field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

WRONG_CHOICE = "Ce choix n’est pas disponible : prenez une ligne de la liste."


class ServiceErrorsMixin(forms.BaseForm):
    """Puts on the form what a service refused. `aliases`: name that the service says → field of this form."""

    aliases: dict[str, str] = {}

    def add_service_error(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            known = (name, name.removesuffix("_id"), self.aliases.get(name, ""))
            self.add_error(next((field for field in known if field in self.fields), None), errors)

    def say_choices(self) -> None:
        """One sentence for a value out of the choices, whether or not the row exists."""
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                if field.error_messages["invalid_choice"] == type(field).default_error_messages["invalid_choice"]:
                    field.error_messages["invalid_choice"] = WRONG_CHOICE
                field.error_messages["invalid_pk_value"] = WRONG_CHOICE
                if field.empty_label == "---------":
                    field.empty_label = "Choisir…"


class AdminForm(ServiceErrorsMixin, forms.Form):
    """A form of an action: its view gives `cleaned_data` to a service."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_choices()

    def given(self) -> dict[str, Any]:
        """Return what a declared action gives its service: the answers, unless the form overrides them."""
        return self.cleaned_data


class LazyChoiceField(forms.ModelChoiceField):
    """Rows are asked for when the form is built, under the scope of whoever fills it in."""

    def __init__(self, rows: Callable[[], models.QuerySet], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(queryset=None, empty_label=kwargs.pop("empty_label", "Choisir…"), **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        copy = super(forms.ChoiceField, self).__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy


class LazyMultipleChoiceField(forms.ModelMultipleChoiceField):
    def __init__(self, rows: Callable[[], models.QuerySet], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        copy = super(forms.ChoiceField, self).__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy
