"""What the coordination adds to the anonymous sheet when it sends it."""

from typing import Any

from django import forms

from cases.common.admin.forms import moment, words
from cases.proposals.sheet.enums import WishedStay
from cases.proposals.sheet.services import SheetAddition

NOTE_LENGTH = 1000


class SheetFields(forms.Form):
    """Fields for the form that sends a sheet. Everything is optional: what is not known is said so on the sheet."""

    arrival_from = moment("Arrivée possible à partir de", required=False)
    wished_stay = forms.ChoiceField(
        label="Durée souhaitée", required=False, choices=[("", "Pas su"), *WishedStay.choices]
    )
    note = words(
        "Ce que la fiche ajoute, sans rien qui le reconnaisse",
        rows=3,
        max_length=NOTE_LENGTH,
        help_text="Habitudes, peurs, ce qui le rassure. Ni nom, ni surnom, ni lieu, ni service, ni numéro : les "
        "structures interrogées le lisent toutes. Gardé sous scellé.",
    )

    def addition(self) -> SheetAddition:
        """Return what is added, from a valid form."""
        data: dict[str, Any] = self.cleaned_data
        return SheetAddition(data["arrival_from"], data["wished_stay"], data["note"].strip())
