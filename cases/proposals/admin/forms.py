"""Forms of the coordination about orientations and the answers of structures."""

from typing import Any

from cases.common.admin.forms import pk_of
from cases.enums import ANSWER_REFUSED
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
    refusal_reason = value_choice("motif_refus", label="Motif du refus", required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if pk_of(cleaned.get("answer")) == ANSWER_REFUSED and not cleaned.get("refusal_reason"):
            self.add_error("refusal_reason", "Indiquez le motif du refus.")
        return cleaned
