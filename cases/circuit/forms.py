"""What whoever answers for a step of a circuit says of it."""

from typing import Any

from django.forms import CharField, ChoiceField, RadioSelect, Textarea

from cases.circuit.enums import StepState
from cases.circuit.models import CircuitStep
from cases.common.forms.fields import DayField
from cms.kit.forms.portal import PortalForm


class StepForm(PortalForm):
    """Where a step stands, said by whoever answers for it."""

    state = ChoiceField(
        label="Où en est cette étape ?",
        widget=RadioSelect,
        choices=[(state.value, state.label.capitalize()) for state in StepState],
    )
    done_on = DayField(label="Fait le", required=False, help_text="Aujourd’hui si vous laissez vide.")
    note = CharField(
        label="Note",
        required=False,
        max_length=600,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Gardée sous scellé, lue par ceux qui lisent l’étape. Ni nom, ni diagnostic.",
    )

    def __init__(self, *args: Any, step: CircuitStep, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": step.state, "done_on": step.done_on, "note": step.note}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("state") != StepState.DONE:
            cleaned["done_on"] = None
        return cleaned
