"""Forms of the signature, of those who come without being enrolled, and of what a trainer decides."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.kit.forms.portal import PortalForm
from cms.values.selectors import values_of
from formation.attendance.policies import can_correct_late
from formation.attendance.selectors import STATUS_LETTERS, Mark, Sheet
from formation.enums import Status
from formation.sessions.models.sessions import HalfDay
from formation.sessions.words import half_day_label

MARK_PREFIX = "presence-"


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


@dataclass(frozen=True)
class Cell:
    """A box of the sheet: its field, or None when it cannot change; each choice as (input, letter, label)."""

    mark: Mark
    field: forms.BoundField | None
    boxes: list[tuple[str, str, str]]


class MarkField(forms.ChoiceField):
    """One box of the sheet. It keeps its mark, for the template."""

    def __init__(self, mark: Mark):
        self.mark = mark
        person = mark.enrolment.professional
        super().__init__(
            label=f"{person}, {half_day_label(mark.half_day)}",
            choices=Status.choices,
            required=False,
            initial=mark.status or mark.suggested,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choisissez P, D, E ou A."},
        )


class AttendanceForm(PortalForm):
    """The whole sheet, or the half-days that were sent. A box left alone changes nothing."""

    reason = forms.CharField(
        label="Motif de la correction",
        max_length=200,
        required=False,
        help_text="À écrire si vous changez une présence relevée depuis plus de 48 heures ou contresignée. "
        "Jamais l’état de santé d’une personne.",
    )

    def __init__(self, *args, sheet: Sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        late = can_correct_late()
        if not (sheet.countersigned or (late and any(mark.is_locked for mark in sheet.marks()))):
            del self.fields["reason"]
        for mark in sheet.marks():
            today = timezone.localdate(timezone=mark.half_day.session.zone)
            if mark.half_day.day <= today and (late or not mark.is_locked):
                self.fields[mark_name(mark.half_day.pk, mark.enrolment.pk)] = MarkField(mark)

    def rows(self):
        """Each person with one cell a half-day."""
        for enrolment, marks in self.sheet.lines:
            yield enrolment, [self._cell(mark) for mark in marks]

    def _cell(self, mark: Mark) -> Cell:
        name = mark_name(mark.half_day.pk, mark.enrolment.pk)
        if name not in self.fields:
            return Cell(mark, None, [])
        field = self[name]
        boxes = [(option.tag(), STATUS_LETTERS[option.data["value"]], option.choice_label) for option in field]
        return Cell(mark, field, boxes)

    def clean(self):
        strangers = [name for name in self.data if name.startswith(MARK_PREFIX) and name not in self.fields]
        if strangers:
            raise ValidationError(
                "Une case de la feuille concerne une personne non inscrite, une demi-journée à venir ou une présence "
                "close depuis plus de 48 heures. Rechargez la feuille, puis recommencez."
            )
        return super().clean()

    def marks(self) -> list[tuple[HalfDay, Mapping[uuid.UUID, str]]]:
        """What to record for each half-day. « Tous présents » fills the boxes of one half-day that are still empty."""
        everybody = self.data.get("everybody", "")
        found: dict[HalfDay, dict[uuid.UUID, str]] = {}
        for name, field in self.fields.items():
            if isinstance(field, MarkField):
                mark = field.mark
                status = self.cleaned_data[name]
                if not status and not mark.status and str(mark.half_day.pk) == everybody:
                    status = Status.PRESENT
                if status and status != mark.status:
                    found.setdefault(mark.half_day, {})[mark.enrolment.pk] = status
        return list(found.items())


def mark_name(half_day_id: uuid.UUID, enrolment_id: uuid.UUID) -> str:
    return f"{MARK_PREFIX}{half_day_id}-{enrolment_id}"
