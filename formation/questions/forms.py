"""A questionnaire as a form: its questions are those of the frozen module."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cms.kit.forms.fields import rows_offer
from cms.kit.forms.portal import PortalForm
from formation.curriculum.rules import NO_NAME, Question
from formation.enums import Moment, QuestionKind
from formation.questions.models import COMMENT
from formation.questions.rules import SATISFACTION, SCALE
from formation.sessions.forms import EnrolmentField
from formation.sessions.models.sessions import Enrolment

UNKNOWN = "?"
PREFIX = "q-"
SCALE_TEMPLATE = "formation/questions/_scale.html"


class QuestionnaireForm(PortalForm):
    """Questions, then, after the session, what was thought of it."""

    def __init__(self, *args: Any, questions: list[Question], moment: Moment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.moment = questions, moment
        for question in questions:
            self.fields[PREFIX + question.key] = _field(question)
        if moment == Moment.AFTER:
            for name, label in SATISFACTION:
                self.fields[name] = ScaleField(label, "Donnez votre avis, de 1 à 5.")
            self.fields["comment"] = _words("Ce qui vous a aidé, ce qui manque", COMMENT)

    def answers(self) -> dict[str, Any]:
        """Return what `answers_give` takes: ranks of choices, marks, words."""
        return {
            question.key: _value(question, self.cleaned_data[PREFIX + question.key]) for question in self.questions
        }

    def opinion(self) -> dict[str, Any] | None:
        if self.moment != Moment.AFTER:
            return None
        marks = {name: int(self.cleaned_data[name]) for name, _ in SATISFACTION}
        return marks | {"comment": self.cleaned_data["comment"].strip()}

    @property
    def of_module(self) -> list[forms.BoundField]:
        return [self[PREFIX + question.key] for question in self.questions]

    @property
    def of_opinion(self) -> list[forms.BoundField]:
        return [self[name] for name in (*dict(SATISFACTION), "comment")] if self.moment == Moment.AFTER else []


def _field(question: Question) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return _words(question.text, COMMENT)
    if question.kind == QuestionKind.SCALE:
        return ScaleField(question.text, "Placez-vous, de 1 à 5.")
    choices = [(str(rank), label) for rank, label in enumerate(question.choices)]
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(
            label=question.text,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Plusieurs réponses sont possibles. Ne cochez rien si vous ne savez pas.",
        )
    if question.is_scored:
        choices.append((UNKNOWN, "Je ne sais pas"))
    return forms.ChoiceField(
        label=question.text,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )


class ScaleField(forms.ChoiceField):
    """Marks from 1 to 5, side by side."""

    def __init__(self, label: str, required: str) -> None:
        super().__init__(
            label=label,
            choices=[(str(mark), str(mark)) for mark in SCALE],
            widget=forms.RadioSelect,
            error_messages={"required": required},
        )
        self.template_name = SCALE_TEMPLATE


def _words(label: str, most: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAME,
        error_messages={"max_length": f"{most} caractères au plus."},
    )


def _value(question: Question, given: Any) -> Any:
    if question.kind == QuestionKind.TEXT:
        return given.strip()
    if question.kind == QuestionKind.SCALE:
        return int(given)
    if question.kind == QuestionKind.SEVERAL:
        return sorted(int(rank) for rank in given)
    return [] if given == UNKNOWN else [int(given)]


class AnswerOnDeviceForm(PortalForm):
    """Whose turn it is on the trainer's device."""

    enrolment = EnrolmentField(
        label="Qui répond ?",
        queryset=Enrolment.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez votre nom.", "invalid_choice": "Cette personne a déjà répondu."},
    )

    def __init__(self, *args: Any, people: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "enrolment", people)
