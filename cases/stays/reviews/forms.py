"""What a structure answers in a review of a stay."""

from typing import Any

from django.forms import CharField, ChoiceField, RadioSelect, Textarea, TypedChoiceField

from cases.common.forms.fields import choices, needed
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_by_list

LISTS = {
    "safety": "bilan_securite",
    "schooling": "bilan_scolarite",
    "adhesion": "adhesion",
    "next_goal": "bilan_objectif",
}


class ReviewForm(PortalForm):
    """Coded answers, in two minutes; words only for what they cannot say."""

    safety = ChoiceField(label="Sécurité", widget=RadioSelect, error_messages=needed("Choisissez une réponse."))
    needs_care = TypedChoiceField(
        label="Un soin est-il à engager ?",
        widget=RadioSelect,
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda value: value == "oui",
        help_text="Oui ou non : jamais un diagnostic.",
        error_messages=needed("Répondez oui ou non."),
    )
    schooling = ChoiceField(
        label="Scolarité ou formation", widget=RadioSelect, error_messages=needed("Choisissez une réponse.")
    )
    adhesion = ChoiceField(
        label="Adhésion du jeune", widget=RadioSelect, error_messages=needed("Choisissez une réponse.")
    )
    next_goal = ChoiceField(
        label="Prochain objectif", widget=RadioSelect, error_messages=needed("Choisissez une réponse.")
    )
    words = CharField(
        label="Ce qu’il faut savoir d’autre",
        required=False,
        max_length=600,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Gardé sous scellé, lu par votre équipe et la coordination. Ni nom, ni diagnostic.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_by_list(*LISTS.values())
        for name, code in LISTS.items():
            choices_offer(self, name, choices(values[code]))

    def arguments(self) -> dict:
        """Return the fields of `ReviewAnswers`, from a valid form."""
        coded = {f"{name}_id": self.cleaned_data[name] for name in LISTS}
        return {**coded, "needs_care": self.cleaned_data["needs_care"], "words": self.cleaned_data["words"]}
