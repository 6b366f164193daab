"""What a structure answers about a proposal."""

from typing import Any

from django.forms import BaseForm, CharField, ChoiceField, RadioSelect, Textarea

from cases.common.forms.fields import MomentField, choices, needed
from cases.enums import ANSWERS_ACCEPTING, Answer
from cases.proposals.models import LONGEST
from cases.proposals.services import ADMISSION
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_by_list

NEEDED = (
    ("refusal_reason", (Answer.REFUSED,), "Indiquez le motif du refus."),
    ("condition", (Answer.CONDITIONAL,), "Écrivez votre condition : la coordination doit la lire."),
    ("available_from", ANSWERS_ACCEPTING, ADMISSION),
)


class AnswerForm(PortalForm):
    """The answer of a structure to a proposal."""

    answer = ChoiceField(label="Votre réponse", widget=RadioSelect, error_messages=needed("Choisissez une réponse."))
    available_from = MomentField(
        label="À partir de quelle heure pouvez-vous l’accueillir ?",
        required=False,
        help_text="À remplir si vous acceptez. Tout de suite : indiquez l’heure qu’il est.",
    )
    condition = CharField(
        label="Votre condition, si vous en posez une",
        required=False,
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 3}),
        help_text="La coordination la lit aussitôt. Sans nom ni lieu.",
    )
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
        answer_complete(self, cleaned.get("answer") or "")
        return cleaned


def answer_complete(form: BaseForm, answer: str) -> None:
    """Ask beside its field what an answer needs, and forget what does not go with it: both doors ask the same."""
    cleaned = form.cleaned_data
    for name, answers, sentence in NEEDED:
        if answer not in answers:
            cleaned[name] = None if name == "available_from" else ""
        elif not cleaned.get(name) and name not in form.errors:
            form.add_error(name, sentence)


class QuestionForm(PortalForm):
    """What the team must know before it answers."""

    text = CharField(
        label="Votre question",
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 3}),
        help_text="La coordination la lit aussitôt. Sa réponse paraît sur cette page.",
        error_messages=needed("Écrivez votre question."),
    )
