"""Forms of the screens of retention."""

from django import forms

from cms.journal.enums import HoldReason
from cms.kit.forms.admin import AdminForm
from cms.retention.enums import Archives
from cms.retention.models import LONGEST_MONTHS


class RuleForm(AdminForm):
    """Another rule for a kind. `simulated` carries the duration whose effect was shown: it alone may be proposed."""

    months = forms.IntegerField(
        label="Durée (mois)",
        min_value=1,
        max_value=LONGEST_MONTHS,
        error_messages={
            "required": "Indiquez la durée en mois.",
            "invalid": "Écrivez un nombre de mois.",
            "min_value": "Une durée va d’un mois à cent ans.",
            "max_value": "Une durée va d’un mois à cent ans.",
        },
    )
    reason = forms.CharField(
        label="Raison, en mots simples",
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Elle est affichée sur chaque dossier : la personne qui demande doit la comprendre.",
        error_messages={"required": "Dites pourquoi cette durée, en mots simples."},
    )
    basis = forms.CharField(label="Base légale", max_length=240, required=False)
    is_basis_verified = forms.BooleanField(
        label="J’ai vérifié cette base légale",
        required=False,
        help_text="Sans cette case, elle est affichée « à vérifier ».",
    )
    simulated = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def is_simulated(self) -> bool:
        return self.cleaned_data.get("simulated") == self.cleaned_data.get("months")


class ArchivesForm(AdminForm):
    archives = forms.ChoiceField(
        label="Archives publiques",
        choices=Archives.choices,
        widget=forms.RadioSelect,
        help_text="Les dossiers d’un service public ne sont pas détruits sans le visa des archives.",
        error_messages={"required": "Dites ce que les archives ont répondu."},
    )


class HoldForm(AdminForm):
    reference = forms.CharField(
        label="Référence",
        max_length=40,
        help_text="Situation, demande ou incident. Par exemple M-2026-0012.",
        error_messages={"required": "Indiquez la référence."},
    )
    reason = forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisir…"), *HoldReason.choices],
        error_messages={"required": "Choisissez un motif."},
    )

    def clean_reference(self) -> str:
        return self.cleaned_data["reference"].strip().upper()
