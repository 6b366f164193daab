"""What somebody says of themselves to enrol for the first time."""

from typing import Any

from django import forms

from cms.kit.forms.fields import rows_offer
from cms.kit.forms.portal import PortalForm
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.common.forms import optional_territory
from formation.people.rules import OwnFacts


class OwnEnrolForm(PortalForm):
    """No field for somebody known already; the profession only for a member of a structure."""

    profession = forms.ModelChoiceField(
        label="Votre profession",
        queryset=Value.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez votre profession."},
    )
    employer_type = forms.ModelChoiceField(
        label="Votre employeur est",
        queryset=Value.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez le type d’employeur."},
    )
    employer_name = forms.CharField(label="Nom de votre employeur", max_length=160, required=False)
    territory = optional_territory()

    def __init__(self, *args: Any, is_known: bool, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._hidden_fields(is_known=is_known, is_member=is_member):
            del self.fields[name]
        for name, code in (("profession", "profession"), ("employer_type", "type_employeur")):
            if name in self.fields:
                rows_offer(self, name, values_of(code))

    def _hidden_fields(self, *, is_known: bool, is_member: bool) -> list[str]:
        if is_known:
            return list(self.fields)
        return ["employer_type", "employer_name"] if is_member else []

    def facts(self) -> OwnFacts:
        data = self.cleaned_data
        profession, employer_type = data.get("profession"), data.get("employer_type")
        return OwnFacts(
            profession_id=profession.pk if profession else None,
            employer_type_id=employer_type.pk if employer_type else None,
            employer_name=data.get("employer_name", ""),
            territory_id=data.get("territory") or None,
        )
