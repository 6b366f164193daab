"""Forms of circuits and of their templates in the admin."""

from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from cases.arrival.enums import Party
from cases.circuit.enums import StepState, Visibility
from cases.circuit.models import CircuitStep
from cases.circuit.selectors import versions_to_start
from cases.circuit.services import LONGEST_DAYS
from cases.common.admin.forms import words
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.kit.forms.fields import choices_offer
from cms.values.forms import value_choice
from cms.values.models import Value
from cms.values.selectors import values_of

OWNERS = [(party.value, party.label.capitalize()) for party in Party]
READERS = [
    (Visibility.NETWORK.value, "La coordination seule"),
    (Visibility.STRUCTURE.value, "La structure aussi"),
    (Visibility.PARTIES.value, "La structure et le service demandeur aussi"),
]
BLANK_LINES = 3


class StartForm(AdminForm):
    version = LazyChoiceField(versions_to_start, label="Modèle")
    started_on = forms.DateField(label="Commence le", initial=timezone.localdate, widget=DayInput)


class PlanForm(AdminForm):
    """Who answers for a step, until when, who reads it."""

    owner = forms.ChoiceField(label="Responsable", choices=OWNERS)
    due_on = forms.DateField(label="Échéance", initial=timezone.localdate, widget=DayInput)
    visibility = forms.ChoiceField(label="Lu par", choices=READERS)

    def clean_owner(self) -> Party:
        return Party(self.cleaned_data["owner"])

    def clean_visibility(self) -> Visibility:
        return Visibility(self.cleaned_data["visibility"])


class AddStepForm(PlanForm):
    measure = value_choice("mesure", label="Mesure")
    field_order = ("measure", "owner", "due_on", "visibility")


class MoveForm(AdminForm):
    state = forms.ChoiceField(label="État", choices=[(state.value, state.label.capitalize()) for state in StepState])
    done_on = forms.DateField(
        label="Fait le", required=False, widget=DayInput, help_text="Aujourd’hui si vous laissez vide."
    )
    note = words("Note", rows=3, max_length=600, help_text="Gardée sous scellé. Jamais de diagnostic.")

    def __init__(self, *args: Any, step: CircuitStep, **kwargs: Any) -> None:
        initial = {"state": step.state, "done_on": step.done_on, "note": step.note}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_state(self) -> StepState:
        return StepState(self.cleaned_data["state"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("state") != StepState.DONE:
            cleaned["done_on"] = None
        return cleaned


class CloseForm(AdminForm):
    on = forms.DateField(label="Clos le", initial=timezone.localdate, widget=DayInput)


class TemplateStepForm(AdminForm):
    """One line of a template; an empty measure leaves the line out."""

    measure = forms.ChoiceField(label="Mesure", required=False)
    owner = forms.ChoiceField(label="Responsable", choices=OWNERS)
    days = forms.IntegerField(label="Jours après le début", min_value=0, max_value=LONGEST_DAYS, required=False)
    visibility = forms.ChoiceField(label="Lu par", choices=READERS, initial=Visibility.STRUCTURE)

    def __init__(self, *args: Any, measures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "measure", [("", "Aucune"), *measures])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("measure") and cleaned.get("days") is None and "days" not in self.errors:
            self.add_error("days", "Dites combien de jours après le début.")
        return cleaned


class TemplateStepsBase(BaseFormSet):
    """The measures are read once for every line. Those of the last version stay on offer once they are retired."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [step["measure"] for step in self.initial or []]
        offered = values_of("mesure") | Value.objects.of_list("mesure").filter(pk__in=chosen)
        self.measures = [(value.pk, value.label) for value in offered.order_by("position")]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "measures": self.measures}

    def steps(self) -> list[dict[str, Any]]:
        return [
            {
                "measure": form.cleaned_data["measure"],
                "owner": form.cleaned_data["owner"],
                "days": form.cleaned_data["days"],
                "visibility": form.cleaned_data["visibility"],
            }
            for form in self.forms
            if form.cleaned_data.get("measure")
        ]


TemplateSteps = cast(
    type[TemplateStepsBase],
    formset_factory(TemplateStepForm, formset=TemplateStepsBase, extra=BLANK_LINES, max_num=60),
)


class PublishForm(AdminForm):
    label = forms.CharField(label="Nom du modèle", max_length=120)
    reason = forms.CharField(
        label="Pourquoi cette version", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )
