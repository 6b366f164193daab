"""The period that a reader asks for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from dashboards.periods import Period, Preset, convention_start, period_check, presets


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Two days, both included. `periode` names a preset, which replaces them."""

    du = forms.DateField(
        label="Du",
        widget=DayInput,
        error_messages={"required": "Donnez le premier jour.", "invalid": "Donnez un jour, par exemple 2026-01-31."},
    )
    au = forms.DateField(
        label="Au",
        widget=DayInput,
        error_messages={"required": "Donnez le dernier jour.", "invalid": "Donnez un jour, par exemple 2026-01-31."},
    )

    def clean(self):
        data = super().clean()
        if "du" in data and "au" in data:
            try:
                self.period = period_check(data["du"], data["au"])
            except ValidationError as error:
                for field, messages in error.message_dict.items():
                    self.add_error(field, messages)
        return data


def period_choices() -> list[Preset]:
    return presets(timezone.localdate(), convention_start())


def period_asked(data, choices: list[Preset]) -> tuple[PeriodForm, Period | None, str]:
    """Form, period and code of the preset in use; the current civil year when nothing is asked."""
    chosen = next((preset for preset in choices if preset.code == data.get("periode")), None)
    if chosen is None and not (data.get("du") or data.get("au")):
        chosen = choices[0]
    if chosen:
        period = chosen.period
        return PeriodForm({"du": period.first.isoformat(), "au": period.last.isoformat()}), period, chosen.code
    form = PeriodForm(data)
    if not form.is_valid():
        return form, None, ""
    code = next((preset.code for preset in choices if preset.period == form.period), "")
    return form, form.period, code
