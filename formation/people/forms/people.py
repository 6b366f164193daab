"""Forms of the workbook of enrolments and of files that look alike."""

from django import forms

from cms.kit.forms.portal import PortalForm
from formation.people.models import Professional


class WorkbookForm(PortalForm):
    file = forms.FileField(
        label="Classeur .xlsx",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Choisissez le classeur.", "empty": "Ce classeur est vide."},
    )
    does_enrol = forms.BooleanField(
        label="Inscrire les lignes sans erreur",
        required=False,
        help_text="Laissez la case vide pour vérifier seulement : rien n’est alors écrit.",
    )


class PairForm(PortalForm):
    KEEP_ONE, KEEP_OTHER, APART = "one", "other", "apart"
    choice = forms.ChoiceField(
        label="Est-ce la même personne ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )

    def __init__(self, *args, one: Professional, other: Professional, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            (self.KEEP_ONE, f"Oui, garder la première fiche ({one})"),
            (self.KEEP_OTHER, f"Oui, garder la seconde fiche ({other})"),
            (self.APART, "Non, ce sont deux personnes"),
        ]
