"""Forms of the signature, of those who come without being enrolled, and of what a trainer decides."""

import datetime as dt
import uuid

from django import forms

from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_of
from formation.common.forms import DateInput, half_day_label, start_field
from formation.sessions.models.sessions import HalfDay


class CodeForm(PortalForm):
    code = forms.CharField(
        label="Code affiché à l’écran",
        max_length=20,
        error_messages={"required": "Tapez les six signes affichés à l’écran."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SignForm(PortalForm):
    """The name typed is the signature."""

    last_name = forms.CharField(
        label="Votre nom",
        max_length=100,
        error_messages={"required": "Écrivez votre nom."},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    first_name = forms.CharField(
        label="Votre prénom",
        max_length=100,
        error_messages={"required": "Écrivez votre prénom."},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        required=False,
        help_text="Celle de votre inscription, si vous vous êtes inscrit avec une adresse.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_present = forms.BooleanField(
        label="Je suis présent à cette demi-journée et je la signe",
        error_messages={"required": "Cochez cette case : elle vaut signature."},
    )

    def name(self) -> str:
        return f"{self.cleaned_data['last_name']} {self.cleaned_data['first_name']}"


class KnownSignForm(PortalForm):
    """For somebody signed in: one box."""

    is_present = SignForm.base_fields["is_present"]


class WalkInForm(PortalForm):
    """Somebody whose name is not on the list."""

    last_name = SignForm.base_fields["last_name"]
    first_name = SignForm.base_fields["first_name"]
    email = forms.EmailField(
        label="Votre adresse électronique",
        error_messages={"required": "Écrivez votre adresse : elle évite de vous compter deux fois."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    profession = forms.ModelChoiceField(
        label="Votre profession",
        queryset=None,
        empty_label="Choisir",
        error_messages={"required": "Choisissez votre profession."},
    )
    employer_type = forms.ModelChoiceField(
        label="Votre employeur est",
        queryset=None,
        empty_label="Choisir",
        error_messages={"required": "Choisissez le type d’employeur."},
    )
    employer_name = forms.CharField(
        label="Nom de votre employeur",
        max_length=160,
        required=False,
        help_text="Laissez vide si vous travaillez dans un lieu d’accueil : son nom est protégé.",
    )
    is_present = SignForm.base_fields["is_present"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profession"].queryset = values_of("profession")
        self.fields["employer_type"].queryset = values_of("type_employeur")

    def person(self) -> dict[str, str]:
        data = self.cleaned_data
        return {
            "last_name": data["last_name"],
            "first_name": data["first_name"],
            "email": data["email"],
            "profession_id": data["profession"].pk,
            "employer_type_id": data["employer_type"].pk,
            "employer_name": data["employer_name"],
        }


class DeviceForm(PortalForm):
    """Whose turn it is on the trainer's telephone."""

    enrolment = forms.ModelChoiceField(
        label="Qui signe ?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez votre nom.", "invalid_choice": "Cette personne a déjà signé."},
    )
    is_present = SignForm.base_fields["is_present"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = people
        self.fields["enrolment"].label_from_instance = lambda row: str(row.professional)


class WalkInDecisionForm(PortalForm):
    """Who this person is among those already known, or nobody of them."""

    NEW, REFUSE = "new", "refuse"
    who = forms.ChoiceField(
        label="Qui est cette personne ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui est cette personne.", "invalid_choice": "Rechargez la page."},
    )

    def __init__(self, *args, doubles, **kwargs):
        super().__init__(*args, **kwargs)
        known = [
            (str(row.pk), f"{row}, {row.profession.label if row.profession else 'profession non renseignée'}")
            for row in doubles
        ]
        self.fields["who"].choices = [
            *known,
            (self.NEW, "Une personne que je ne connaissais pas : l’inscrire"),
            (self.REFUSE, "Personne de ce nom n’était là : ne pas compter cette signature"),
        ]

    def professional_id(self) -> uuid.UUID | None:
        return None if self.cleaned_data["who"] == self.NEW else uuid.UUID(self.cleaned_data["who"])


class ExcuseForm(PortalForm):
    half_days = forms.ModelMultipleChoiceField(
        label="Demi-journées où la personne ne viendra pas",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une demi-journée."},
        help_text="Le motif ne s’écrit pas.",
    )

    def __init__(self, *args, half_days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["half_days"].queryset = half_days
        self.fields["half_days"].label_from_instance = half_day_label


class PostponeForm(PortalForm):
    """A new day and hour for each half-day."""

    def __init__(self, *args, half_days: list[HalfDay], **kwargs):
        super().__init__(*args, **kwargs)
        self.half_days = half_days
        for number, half_day in enumerate(half_days, 1):
            label = half_day_label(half_day).capitalize()
            self.fields[f"day_{number}"] = forms.DateField(
                label=f"{label} : nouveau jour",
                initial=half_day.day,
                widget=DateInput(),
                error_messages={"required": "Indiquez le nouveau jour.", "invalid": "Cette date n’existe pas."},
            )
            self.fields[f"from_{number}"] = start_field(f"{label} : heure de début", f"{half_day.starts_at:%H:%M}")
            self.fields[f"from_{number}"].required = True

    def moves(self) -> dict[uuid.UUID, tuple[dt.date, dt.time]]:
        data = self.cleaned_data
        return {row.pk: (data[f"day_{n}"], data[f"from_{n}"]) for n, row in enumerate(self.half_days, 1)}
