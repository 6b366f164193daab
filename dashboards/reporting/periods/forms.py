"""Forms: closing a period, explaining what changed since."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from dashboards.periods import Period, period_check, period_choices
from dashboards.reporting.enums import RevisionReason


class CloseForm(AdminForm):
    """A period that is over: one of the list, or any two days."""

    preset = forms.ChoiceField(label="Période", required=False)
    first = forms.DateField(label="Ou du", required=False, widget=DayInput)
    last = forms.DateField(label="Au", required=False, widget=DayInput)
    title = forms.CharField(
        label="Intitulé", max_length=80, required=False, help_text="Par exemple « 1er semestre 2026 »."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {item.code: item for item in period_choices() if item.period.last < timezone.localdate()}
        presets = [(code, item.label) for code, item in self.known.items()]
        choices_offer(self, "preset", [("", "Autres dates, ci-dessous"), *presets])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self.known.get(data.get("preset") or "")
        if chosen:
            data["period"], data["title"] = chosen.period, data.get("title") or chosen.label
        elif data.get("first") and data.get("last"):
            try:
                data["period"] = period_check(data["first"], data["last"])
            except ValidationError as error:
                names = {"du": "first", "au": "last"}
                for name, messages in error.message_dict.items():
                    self.add_error(names[name], messages)
        else:
            self.add_error("preset", "Choisissez une période, ou donnez ses deux jours.")
        return data

    @property
    def period(self) -> Period:
        return self.cleaned_data["period"]


class RevisionForm(AdminForm):
    why = forms.ChoiceField(
        label="Raison",
        choices=RevisionReason.choices,
        error_messages={"required": "Dites pourquoi ce chiffre a bougé."},
    )
    words = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sans nom ni référence : cette phrase accompagne le chiffre.",
    )
