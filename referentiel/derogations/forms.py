"""Proposing a derogation."""

from typing import Any

from django import forms

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from referentiel.common.forms import LONG, NO_NAME


class DerogationForm(AdminForm):
    code = forms.ChoiceField(label="Exigence impérative", error_messages={"required": "Choisissez une exigence."})
    reason = forms.CharField(
        label="Motif",
        max_length=1000,
        widget=LONG,
        help_text=f"La structure le lira. {NO_NAME}",
        error_messages={"required": "Dites pourquoi."},
    )
    ends_on = forms.DateField(
        label="Jusqu’au", widget=DayInput, help_text="Elle s’achève d’elle-même ce jour-là, et peut être levée avant."
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "code", [("", "Choisir…"), *((code, code) for code in codes)])
