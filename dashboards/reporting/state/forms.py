"""Questions, answers and committees."""

from typing import Any

from django import forms

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import rows_offer
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner


class QuestionForm(AdminForm):
    subject = forms.CharField(label="Objet", max_length=140, error_messages={"required": "Donnez l’objet."})
    body = forms.CharField(
        label="Question",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Sans nom, adresse ni référence de dossier.",
        error_messages={"required": "Écrivez la question."},
    )
    due_on = forms.DateField(label="Réponse attendue le", required=False, widget=DayInput)


class StateBodyQuestionForm(QuestionForm):
    partner = forms.ModelChoiceField(label="Service de l’État", queryset=Partner.objects.none())
    field_order = ("partner", "subject", "body", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "partner", Partner.objects.filter(kind=PartnerKind.STATE, closed_on=None))


class AnswerForm(AdminForm):
    answer = forms.CharField(
        label="Réponse",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Sans nom, adresse ni référence de dossier. Une réponse envoyée ne change plus.",
        error_messages={"required": "Écrivez la réponse."},
    )


class CommitteeForm(AdminForm):
    title = forms.CharField(label="Intitulé", max_length=140, error_messages={"required": "Donnez l’intitulé."})
    held_on = forms.DateField(label="Jour", widget=DayInput, error_messages={"required": "Donnez le jour."})
    begins_at = forms.TimeField(label="Heure", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="Lieu ou lien", max_length=200, required=False)
    agenda = forms.CharField(
        label="Ordre du jour", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    minutes = forms.CharField(
        label="Compte rendu",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Partagé avec l’État dès qu’il est écrit.",
    )
