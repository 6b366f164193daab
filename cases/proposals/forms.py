"""What a structure answers about a proposal."""

from typing import Any

from django.forms import ChoiceField, RadioSelect

from cases.common.forms.fields import choices, needed
from cases.enums import Answer
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_by_list


class AnswerForm(PortalForm):
    """The answer of a structure to a proposal."""

    answer = ChoiceField(label="Votre réponse", widget=RadioSelect, error_messages=needed("Choisissez une réponse."))
    refusal_reason = ChoiceField(
        label="Motif, si vous refusez",
        required=False,
        help_text="Obligatoire pour un refus : il dit au réseau ce qui manque.",
    )

    quiet_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_by_list("reponse", "motif_refus")
        choices_offer(self, "answer", [c for c in choices(values["reponse"]) if c[0] != Answer.NONE])
        choices_offer(self, "refusal_reason", [("", "Aucun, nous ne refusons pas"), *choices(values["motif_refus"])])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("answer") != Answer.REFUSED:
            cleaned["refusal_reason"] = ""
        elif not cleaned.get("refusal_reason") and "refusal_reason" not in self.errors:
            self.add_error("refusal_reason", "Indiquez le motif du refus.")
        return cleaned
