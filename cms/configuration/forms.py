"""Forms of the settings that the coordination changes without a developer."""

import datetime as dt
from typing import Any

from django import forms

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.values.forms import AdminModelForm, field_of
from cms.values.models import Value
from cms.values.services import value_change, value_create
from cms.values.settings import Setting, setting_refusal
from cms.values.usage import usage_sentence

LONG_TEXT = 200
"""A setting whose default is longer is a page of text."""
FACTS = ("label", "legal_basis", "is_legal_basis_verified", "position", "active_from", "active_to")


class ValueForm(AdminModelForm):
    class Meta:
        model = Value
        fields = ("list", "code", *FACTS)
        formfield_callback = field_of

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"id"}  # type: ignore[misc]  # not in the stub of Django's forms

    def write(self) -> Value:
        facts = dict(self.cleaned_data)
        return value_create(list_code=facts.pop("list").pk, **facts)


class ValueEditForm(AdminModelForm):
    """The list and the code of a value never change: rows point at them."""

    class Meta:
        model = Value
        fields = FACTS
        formfield_callback = field_of

    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Gardé avec la version. Sans nom de personne.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usage = usage_sentence(self.instance)
        self.fields["active_to"].help_text = f"Pour la retirer : dernier jour où elle peut être choisie. {usage}"
        if self.instance.is_core:
            self.fields["active_to"].disabled = True
            self.fields["active_to"].help_text = "Cette valeur sert aux calculs : elle ne peut pas être retirée."

    def write(self) -> Value:
        return value_change(value=self.instance, **self.cleaned_data)


def setting_field(setting: Setting, value: Any) -> forms.Field:
    """Return a field of the type of the setting's default."""
    options = {"label": setting.label, "help_text": setting.help, "initial": value}
    if setting.unit:
        options["label"] = f"{setting.label} ({setting.unit})"
    if isinstance(setting.default, bool):
        return forms.BooleanField(required=False, **options)
    if isinstance(setting.default, int):
        return forms.IntegerField(min_value=0, **options)
    if isinstance(setting.default, float):
        return forms.FloatField(min_value=0, **options)
    if setting.is_day:
        return forms.DateField(widget=DayInput, **options)
    rows = 3 if len(setting.default) < LONG_TEXT else 20
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class SettingForm(AdminForm):
    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Gardé avec la version. Sans nom de personne.",
    )

    def __init__(self, *args: Any, setting: Setting, value: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.fields = {"value": setting_field(setting, value), **self.fields}

    def clean_value(self) -> Any:
        """Refuse a value out of bounds before its effect is computed."""
        value = self.cleaned_data["value"]
        value = value.isoformat() if isinstance(value, dt.date) else value
        value = value.replace("\r\n", "\n") if isinstance(value, str) else value
        if refusal := setting_refusal(self.setting.key, value):
            raise forms.ValidationError(refusal)
        return value
