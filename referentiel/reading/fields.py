"""Fields of the pages, and how the content API writes them."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from rest_framework.fields import Field

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import clauses_in_force


class ChoicesField(ArrayField):
    """Several choices among a few, ticked by the author."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        defaults = {
            "form_class": forms.TypedMultipleChoiceField,
            "choices": self.base_field.choices,
            "coerce": self.base_field.to_python,
            "widget": forms.CheckboxSelectMultiple,
        }
        # ArrayField would ask for a line of text separated by commas.
        return super(ArrayField, self).formfield(**{**defaults, **kwargs})


class FrozenField(Field):
    """One part of the clause in force under the page's code: what partners sign, whatever the draft has become.

    None while the exigence has not been part of a version in force. The clauses are read once a request.
    """

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(read_only=True)

    def get_attribute(self, instance: Any) -> Any:
        request = self.context["request"]
        if not hasattr(request, "_clauses_in_force"):
            request._clauses_in_force = clauses_in_force(DocumentKind.REFERENTIEL)
        return request._clauses_in_force.get(instance.code, {}).get(self.part)

    def to_representation(self, value: Any) -> Any:
        return value
