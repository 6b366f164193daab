"""Forms of the admin: choices narrowed to what may be chosen, saved by a service, errors beside their field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cms.kit.filters import DayInput, MomentInput
from cms.values.fields import ValueField
from cms.values.models import Value
from cms.values.selectors import values_of

WRONG_CHOICE = "Ce choix n’est pas disponible : prenez une ligne de la liste."


class ServiceErrorsMixin:
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
                field.error_messages["invalid_choice"] = WRONG_CHOICE
                field.error_messages["invalid_pk_value"] = WRONG_CHOICE
                if field.empty_label == "---------":
                    field.empty_label = "Choisir…"


class AdminForm(ServiceErrorsMixin, forms.Form):
    """A form of an action: its view gives `cleaned_data` to a service."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.say_choices()

    def given(self) -> dict[str, Any]:
        """What a declared action gives its service: the answers, unless the form has them said otherwise."""
        return self.cleaned_data


def field_of(db_field: models.Field, **kwargs) -> forms.Field | None:
    """Form field of a column: plain date fields, values still in use."""
    if isinstance(db_field, models.DateTimeField):
        kwargs.setdefault("widget", MomentInput)
    elif isinstance(db_field, models.DateField):
        kwargs.setdefault("widget", DayInput)
    return db_field.formfield(**kwargs)


class AdminModelForm(ServiceErrorsMixin, forms.ModelForm):
    """A form over the columns of a row; `save` calls the service that a subclass names in `write`."""

    class Meta:
        formfield_callback = field_of

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            db_field = self._column(name)
            if isinstance(db_field, ValueField):
                field.queryset = self._values(db_field)
        self.say_choices()

    def _column(self, name: str) -> models.Field | None:
        return next((field for field in self._meta.model._meta.fields if field.name == name), None)

    def _values(self, db_field: ValueField) -> models.QuerySet:
        """Values in use today, and the one that the row carries already."""
        current = Value.objects.filter(pk=getattr(self.instance, db_field.attname))
        return values_of(db_field.list_code) | current.of_list(db_field.list_code)

    def save(self, commit: bool = True) -> models.Model:
        self.instance = self.write()
        return self.instance

    def write(self) -> models.Model:
        """Call the service; raises its `ValidationError`."""
        raise NotImplementedError


def value_choice(list_code: str, *, label: str, required: bool = True, **kwargs) -> forms.ModelChoiceField:
    """Choice of a value in use today. Its queryset is read when the form is shown."""
    return LazyChoiceField(lambda: values_of(list_code), label=label, required=required, **kwargs)


class LazyChoiceField(forms.ModelChoiceField):
    """Rows are asked for when the form is built, under the scope of whoever fills it in."""

    def __init__(self, rows: Callable[[], models.QuerySet], **kwargs):
        self.rows = rows
        super().__init__(queryset=None, empty_label=kwargs.pop("empty_label", "Choisir…"), **kwargs)

    def __deepcopy__(self, memo):
        copy = super(forms.ChoiceField, self).__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy


class LazyMultipleChoiceField(forms.ModelMultipleChoiceField):
    def __init__(self, rows: Callable[[], models.QuerySet], **kwargs):
        self.rows = rows
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def __deepcopy__(self, memo):
        copy = super(forms.ChoiceField, self).__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy
