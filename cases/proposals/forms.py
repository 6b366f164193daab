"""What a structure answers about a proposal and about the stays that it houses."""

from django.forms import BooleanField, ChoiceField, IntegerField, NumberInput, RadioSelect, TypedChoiceField

from cases.common.forms.fields import DayField, choices, needed
from cases.enums import ANSWER_NONE, ANSWER_REFUSED
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        values = values_by_list("reponse", "motif_refus")
        self.fields["answer"].choices = [c for c in choices(values["reponse"]) if c[0] != ANSWER_NONE]
        self.fields["refusal_reason"].choices = [("", "Aucun, nous ne refusons pas"), *choices(values["motif_refus"])]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") != ANSWER_REFUSED:
            cleaned["refusal_reason"] = ""
        elif not cleaned.get("refusal_reason") and "refusal_reason" not in self.errors:
            self.add_error("refusal_reason", "Indiquez le motif du refus.")
        return cleaned


class ArrivalForm(PortalForm):
    """The arrival that the coordination has noted, confirmed as it is."""


class AbsenceForm(PortalForm):
    starts_on = DayField(label="Absent depuis le")
    is_runaway = TypedChoiceField(
        label="De quelle absence s’agit-il ?",
        widget=RadioSelect,
        choices=[("fugue", "Fugue ou disparition"), ("autre", "Autre absence (famille, hospitalisation, séjour)")],
        coerce=lambda value: value == "fugue",
    )


class ReturnForm(PortalForm):
    ends_on = DayField(label="De retour le")


class PlacesForm(PortalForm):
    """How many places are free now; `most` is what the network counts."""

    free = IntegerField(
        label="Places libres pour le réseau, maintenant",
        min_value=0,
        max_value=60,
        widget=NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Écrivez un nombre, 0 s’il n’y en a aucune.",
            "invalid": "Écrivez un nombre entier.",
        },
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        many = (
            f"{most} au plus, d’après ce que le réseau connaît."
            if most
            else "Le réseau ne vous connaît aucune place libre."
        )
        self.fields["free"].help_text = f"{many} Comptez ce que vous pouvez vraiment ouvrir cette nuit."


class AgreeForm(PortalForm):
    """An agreement of the tripartite convention: one box, whose words say what is agreed."""

    agreed = BooleanField(error_messages=needed("Cochez la case pour donner l’accord."))

    def __init__(self, *args, words: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = words
