"""Forms of the admin over columns and lists of values: choices in use today, saved by a service."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from wagtail.admin.filters import WagtailFilterSet

from cms.kit.filters import DayInput, MomentInput
from cms.kit.forms.admin import LazyChoiceField, ServiceErrorsMixin
from cms.kit.forms.fields import BoundedMomentField
from cms.values.fields import ValueField
from cms.values.models import Value
from cms.values.selectors import values_of


def field_of(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Form field of a column: plain date fields, values still in use."""
    if isinstance(db_field, models.DateTimeField):
        kwargs = {"widget": MomentInput, "form_class": BoundedMomentField, **kwargs}
    elif isinstance(db_field, models.DateField):
        kwargs.setdefault("widget", DayInput)
    return db_field.formfield(**kwargs)


class AdminModelForm(ServiceErrorsMixin, forms.ModelForm):
    """A form over the columns of a row; `save` calls the service that a subclass names in `write`."""

    class Meta:
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            db_field = self._column(name)
            if isinstance(db_field, ValueField) and isinstance(field, forms.ModelChoiceField):
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


def value_choice(list_code: str, *, label: str, required: bool = True, **kwargs: Any) -> forms.ModelChoiceField:
    """Choice of a value in use today. Its queryset is read when the form is shown."""
    return LazyChoiceField(lambda: values_of(list_code), label=label, required=required, **kwargs)


class ValueFilter(django_filters.ChoiceFilter):
    """Choose one value of a list, retired ones included: old rows still carry them."""

    def __init__(self, list_code: str, label: str, **kwargs: Any) -> None:
        self.list_code = list_code
        super().__init__(label=label, empty_label="Tous", choices=[], **kwargs)


class ScopedFilterSet(WagtailFilterSet):
    """Base of our filters. One query brings the choices of every list of values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filters = [field for field in self.filters.values() if isinstance(field, ValueFilter)]
        values = Value.objects.filter(list_id__in={field.list_code for field in filters}) if filters else []
        choices = [(value.list_id, value.pk, value.label) for value in values]
        for field in filters:
            field.extra["choices"] = [(pk, label) for list_code, pk, label in choices if list_code == field.list_code]
