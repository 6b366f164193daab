"""Noting an act of support."""

from django import forms
from django.utils import timezone

from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_of
from formation.common.forms import DateInput
from formation.support.selectors import people_to_support, teams_to_support


class SupportForm(PortalForm):
    kind = forms.ModelChoiceField(
        label="Nature", queryset=None, empty_label="Choisir", error_messages={"required": "Choisissez la nature."}
    )
    happened_on = forms.DateField(
        label="Le",
        widget=DateInput(),
        initial=timezone.localdate,
        error_messages={"required": "Indiquez la date.", "invalid": "Cette date n’existe pas."},
    )
    partner = forms.ModelChoiceField(label="Équipe accompagnée", queryset=None, required=False, empty_label="Aucune")
    professional = forms.ModelChoiceField(
        label="Ou personne accompagnée", queryset=None, required=False, empty_label="Aucune"
    )
    head_count = forms.IntegerField(
        label="Personnes présentes",
        min_value=1,
        max_value=500,
        initial=1,
        help_text="Pour une équipe ; une personne nommée compte une.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = values_of("type_acte")
        self.fields["professional"].queryset = people_to_support()
        teams = teams_to_support()
        self.fields["partner"].queryset = teams
        self.fields["partner"].label_from_instance = lambda row: row.code_name
        if not teams.exists():
            del self.fields["partner"]
            self.fields["professional"].label = "Personne accompagnée"

    def clean(self):
        data = super().clean()
        if not data.get("partner") and not data.get("professional") and not self.errors:
            self.add_error("professional", "Indiquez qui a été accompagné.")
        if data.get("partner") and data.get("professional"):
            self.add_error("professional", "Choisissez une équipe ou une personne, pas les deux.")
        if data.get("professional") and (data.get("head_count") or 1) > 1:
            self.add_error("head_count", "Un acte pour une personne nommée compte une personne.")
        return data
