"""Forms of periods, releases, targets and of the conversation with the State."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from dashboards.figures.forms import period_choices
from dashboards.indicators.definitions import DEFINITIONS
from dashboards.periods import Period, period_check
from dashboards.reporting.enums import Why
from dashboards.reporting.targets.services import TARGETED

YEARS = 3


class ConfirmForm(AdminForm):
    """Nothing to fill in: the button is the answer."""


class CloseForm(AdminForm):
    """A period that is over: one of the list, or any two days."""

    preset = forms.ChoiceField(label="Période", required=False)
    first = forms.DateField(label="Ou du", required=False, widget=DayInput)
    last = forms.DateField(label="Au", required=False, widget=DayInput)
    title = forms.CharField(
        label="Intitulé", max_length=80, required=False, help_text="Par exemple « 1er semestre 2026 »."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {item.code: item for item in period_choices() if item.period.last < timezone.localdate()}
        self.fields["preset"].choices = [
            ("", "Autres dates, ci-dessous"),
            *((code, item.label) for code, item in self.known.items()),
        ]

    def clean(self):
        data = super().clean()
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
        label="Raison", choices=Why.choices, error_messages={"required": "Dites pourquoi ce chiffre a bougé."}
    )
    words = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sans nom ni référence : cette phrase accompagne le chiffre.",
    )


class ReleaseForm(AdminForm):
    """A comment for each indicator, printed under its figures."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, definition in DEFINITIONS.items():
            self.fields[code] = forms.CharField(
                label=f"{code} – {definition.short}",
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class TargetsForm(AdminForm):
    """What the convention promises for one of its years; an empty field has no target."""

    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Un avenant, par exemple. Gardé avec la version, sans nom de personne.",
    )

    def __init__(self, *args, found: dict[str, int], **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for code, label in TARGETED.items():
            self.fields[code.replace(".", "_")] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=1_000_000, initial=found.get(code)
            )
        self.fields["reason"] = reason

    def values(self) -> dict[str, int | None]:
        return {code: self.cleaned_data[code.replace(".", "_")] for code in TARGETED}


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.filter(kind=PartnerKind.STATE, closed_on=None)


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


def soon(days: int = 14) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
