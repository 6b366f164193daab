"""Forms of the workbook of enrolments and of files that look alike."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from cms.kit.forms.fields import choices_offer, rows_offer
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.common.forms import optional_territory
from formation.enums import Sex
from formation.people.models import Professional
from formation.people.rules import PersonFacts
from formation.people.selectors.people import own_structures


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

    def __init__(self, *args: Any, one: Professional, other: Professional, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(
            self,
            "choice",
            [
                (self.KEEP_ONE, f"Oui, garder la première fiche ({one})"),
                (self.KEEP_OTHER, f"Oui, garder la seconde fiche ({other})"),
                (self.APART, "Non, ce sont deux personnes"),
            ],
        )


class PersonForm(PortalForm):
    """A person to train. The e-mail distinguishes two people of one name."""

    last_name = forms.CharField(label="Nom", max_length=100, error_messages={"required": "Indiquez le nom."})
    first_name = forms.CharField(label="Prénom", max_length=100, error_messages={"required": "Indiquez le prénom."})
    email = forms.EmailField(
        label="Adresse électronique", required=False, help_text="Elle évite de compter deux fois la même personne."
    )
    profession = forms.ModelChoiceField(
        label="Profession",
        queryset=Value.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez la profession."},
    )

    working_since = forms.IntegerField(
        label="Exerce depuis l’année",
        required=False,
        min_value=1950,
        max_value=2100,
        help_text="L’ancienneté, pour les chiffres du réseau.",
        error_messages={"invalid": "Écrivez l’année en quatre chiffres."},
    )
    sex = forms.ChoiceField(label="Sexe", required=False, choices=[("", "Non renseigné"), *Sex.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "profession", values_of("profession"))

    def clean_working_since(self) -> int | None:
        year = self.cleaned_data["working_since"]
        if year and year > timezone.localdate().year:
            raise ValidationError("Cette année est à venir.")
        return year

    def person(self) -> PersonFacts:
        """Return what `professional_register` takes."""
        data = self.cleaned_data
        return PersonFacts(
            last_name=data["last_name"],
            first_name=data["first_name"],
            email=data["email"],
            profession_id=data["profession"].pk,
            working_since=data["working_since"],
            sex=data["sex"],
        )


class TraineeForm(PersonForm):
    """A person whom the trainer adds: the employer is given by its type and its name."""

    employer_type = forms.ModelChoiceField(
        label="Type d’employeur",
        queryset=Value.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez le type d’employeur."},
    )
    employer_name = forms.CharField(
        label="Employeur", max_length=160, required=False, help_text="Pour une structure d’accueil, laissez vide."
    )
    territory = optional_territory()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "employer_type", values_of("type_employeur"))

    def person(self) -> PersonFacts:
        data = self.cleaned_data
        return replace(
            super().person(),
            employer_type_id=data["employer_type"].pk,
            employer_name=data["employer_name"],
            territory_id=data["territory"] or None,
        )


class TeamMemberForm(PersonForm):
    """A person whom a director adds to the team of the own structure."""

    employer = forms.ModelChoiceField(label="Structure", queryset=Partner.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "employer", own_structures())
        if len(own_structures()) == 1:
            self.fields["employer"].required = False
            self.fields["employer"].widget = forms.HiddenInput()

    def clean_employer(self) -> Partner | None:
        return self.cleaned_data["employer"] or own_structures().first()

    def person(self) -> PersonFacts:
        employer = self.cleaned_data["employer"]
        return replace(super().person(), employer=employer, employer_type_id="type_employeur:STRUCTURE")


class TeamEnrolForm(PortalForm):
    """Tick the members of the team who come."""

    people = forms.ModelMultipleChoiceField(
        label="Qui vient",
        queryset=Professional.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne."},
    )

    def __init__(self, *args: Any, people: QuerySet[Professional], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "people", people)
