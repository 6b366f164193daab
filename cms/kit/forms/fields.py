"""Fields of a form by their kind, for choices that are known when the form is built."""

from django import forms


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return the field `name` of `form`, whose `choices` may then be set. Raise `TypeError` for another kind."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not a field of choices")
    return field


def row_field(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """Return the field `name` of `form`, whose `queryset` may then be set. Raise `TypeError` for another kind."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is not a field of rows")
    return field
