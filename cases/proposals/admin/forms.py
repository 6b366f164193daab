"""Forms of the coordination about orientations and the answers of structures."""

from typing import Any

from django import forms

from cases.common.admin.forms import moment, now_local, pk_of
from cases.proposals.forms import answer_complete
from cases.proposals.models import LONGEST
from cms.kit.forms.admin import AdminForm
from cms.values.forms import value_choice


class OrientForm(AdminForm):
    """A service outside the network: it is contacted by other ways than the anonymous sheet."""

    ordinary_service = value_choice("type_structure", label="Service de droit commun")
    identification_level = value_choice("niveau_identification", label="Niveau d’identification à la décision")


class UnmetForm(AdminForm):
    reason = value_choice("motif_sans_solution", label="Ce qui a manqué")


class PhoneAnswerForm(AdminForm):
    """Answer of a structure received by telephone."""

    answer = value_choice("reponse", label="Réponse de la structure")
    available_from = moment("Peut admettre à partir de", required=False, initial=now_local)
    condition = forms.CharField(
        label="Condition posée", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    refusal_reason = value_choice("motif_refus", label="Motif du refus", required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        answer_complete(self, pk_of(self.cleaned_data.get("answer")) or "")
        return self.cleaned_data
