"""Noting an act of support."""

from typing import Any

from django import forms
from django.utils import timezone

from cms.kit.forms.fields import rows_offer
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.common.forms import DateInput
from formation.people.models import Professional
from formation.support.selectors import people_to_support, teams_to_support


class TeamField(forms.ModelChoiceField):
    """Structures to choose from, each by its code name."""

    def label_from_instance(self, obj: Partner) -> str:
        return obj.code_name


class SupportForm(PortalForm):
    kind = forms.ModelChoiceField(
        label="Nature",
        queryset=Value.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez la nature."},
    )
    happened_on = forms.DateField(
        label="Le",
        widget=DateInput(),
        initial=timezone.localdate,
        error_messages={"required": "Indiquez la date.", "invalid": "Cette date n’existe pas."},
    )
    partner = TeamField(
        label="Équipe accompagnée", queryset=Partner.objects.none(), required=False, empty_label="Aucune"
    )
    professional = forms.ModelChoiceField(
        label="Ou personne accompagnée", queryset=Professional.objects.none(), required=False, empty_label="Aucune"
    )
    head_count = forms.IntegerField(
        label="Personnes présentes",
        min_value=1,
        max_value=500,
        initial=1,
        help_text="Pour une équipe ; une personne nommée compte une.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "kind", values_of("type_acte"))
        rows_offer(self, "professional", people_to_support())
        teams = teams_to_support()
        rows_offer(self, "partner", teams)
        if not teams.exists():
            del self.fields["partner"]
            self.fields["professional"].label = "Personne accompagnée"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("partner") and not data.get("professional") and not self.errors:
            self.add_error("professional", "Indiquez qui a été accompagné.")
        if data.get("partner") and data.get("professional"):
            self.add_error("professional", "Choisissez une équipe ou une personne, pas les deux.")
        if data.get("professional") and (data.get("head_count") or 1) > 1:
            self.add_error("head_count", "Un acte pour une personne nommée compte une personne.")
        return data
