"""Forms of the coordination about the file of a minor. Nothing sealed is ever read back into a field."""

from typing import Any

from django import forms
from django.utils import timezone

from cases.common.admin.forms import FactsForm, words
from cases.extra.forms import ExtraForm
from cases.extra.models import ExtraTarget
from cases.files.models import Case
from cases.files.services import CASE_FACTS, case_update_facts
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.values.forms import field_of, value_choice

CASE_FACT_NAMES = tuple(name.removesuffix("_id") for name in CASE_FACTS)


class CaseFactsForm(ExtraForm, FactsForm):
    extra_target = ExtraTarget.CASE
    columns = CASE_FACTS

    class Meta:
        model = Case
        fields = CASE_FACT_NAMES
        formfield_callback = field_of

    def write(self) -> Case:
        case, different = self.stored_and_different()
        self.extra_write(case)
        return case_update_facts(case=case, by=self.user, **different) if different else case


class CloseCaseForm(AdminForm):
    reason = value_choice("motif_cloture", label="Motif de clôture")
    on = forms.DateField(label="Close le", initial=timezone.localdate, widget=DayInput)


class IdentityForm(AdminForm):
    """Written, never read back: an empty field leaves the stored value."""

    last_name = words("Nom")
    first_name = words("Prénom")
    aliases = words(  # type: ignore[assignment]  # a field, which Django takes out of the class
        "Autres identités", rows=2, help_text="Surnoms, autres noms donnés : un par ligne."
    )
    birth_date = forms.DateField(label="Date de naissance", required=False, widget=DayInput)
    phone = words("Téléphone")
    place = words("Lieu précis")
    narrative = words("Récit", rows=5)

    def given(self) -> dict[str, Any]:
        written = {name: value for name, value in self.cleaned_data.items() if value}
        if "aliases" in written:
            written["aliases"] = [line.strip() for line in written["aliases"].splitlines() if line.strip()]
        return written

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, "Rien n’est rempli : écrivez au moins une information.")
        return cleaned
