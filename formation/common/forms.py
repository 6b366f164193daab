"""Forms of the portal: planning, people, attendance."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.territory.selectors import territory_choices
from cms.values.selectors import values_of
from formation.common.policies import can_correct_late
from formation.common.selectors import (
    STATUS_LETTERS,
    Mark,
    Sheet,
    curriculum_in_force,
    own_structures,
    trainers_available,
)
from formation.enums import Period, Sex, Status
from formation.people.models import Professional
from formation.sessions.models.sessions import ZONES, HalfDay
from formation.sessions.services.sessions import Slot

DAYS = 6
MARK_PREFIX = "presence-"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def hours_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.5"),
        max_value=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.5", "class": "hv-full"}),
    )


def start_field(label: str, start: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        initial=start,
        widget=forms.TimeInput(attrs={"type": "time", "class": "hv-full"}, format="%H:%M"),
        error_messages={"invalid": "Cette heure n’existe pas."},
    )


def optional_territory() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Département", required=False, choices=lambda: [("", "Choisir"), *territory_choices()]
    )


class CloseForm(PortalForm):
    """Asks why, of somebody who does not teach, when a half-day has no countersignature."""

    reason = forms.CharField(
        label="Pourquoi clore sans contre-signature",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple : la personne qui animait a quitté le réseau. La feuille le dira.",
        error_messages={"required": "Demandez la contre-signature à qui a animé, ou dites pourquoi vous closez sans."},
    )

    def __init__(self, *args, unsigned: list[HalfDay], **kwargs):
        super().__init__(*args, **kwargs)
        if not unsigned:
            del self.fields["reason"]
        else:
            days = ", ".join(half_day_label(half_day) for half_day in unsigned)
            self.fields["reason"].help_text = f"Sans contre-signature : {days}. La feuille dira ce que vous écrivez."


class SessionForm(PortalForm):
    """Plan a session; up to six days, each with its hours in the morning and in the afternoon."""

    module_code = forms.ChoiceField(label="Module", error_messages={"required": "Choisissez le module."})
    trainers = forms.ModelMultipleChoiceField(
        label="Qui anime",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez qui anime."},
    )
    is_remote = forms.BooleanField(label="La session se tient à distance", required=False)
    territory = optional_territory()
    venue = forms.CharField(
        label="Lieu", required=False, max_length=200, help_text="Jamais l’adresse d’une structure d’accueil."
    )
    time_zone = forms.ChoiceField(
        label="Heures données en",
        required=False,
        choices=[("", "Heure du département"), *ZONES],
        help_text="Utile à distance : la convocation convertit pour chacun.",
    )
    capacity = forms.IntegerField(label="Nombre de places", min_value=1, max_value=200, initial=15)
    audiences = forms.ModelMultipleChoiceField(
        label="Publics visés",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : tous les professionnels. Personne n’est refusé pour autant.",
    )
    aimed_territories = forms.MultipleChoiceField(
        label="Départements visés",
        required=False,
        choices=territory_choices,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Rien de choisi : partout. Plusieurs choix : Ctrl ou Cmd enfoncée.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        version = curriculum_in_force()
        clauses = version.ordered_clauses if version else []
        self.fields["module_code"].choices = [("", "Choisir")] + [
            (clause.code, f"{clause.code} – {clause.content['title']}") for clause in clauses
        ]
        self.fields["trainers"].queryset = trainers_available()
        self.fields["audiences"].queryset = values_of("groupe_profession")
        for number in range(1, DAYS + 1):
            label = f"Jour {number}"
            self.fields[f"day_{number}"] = forms.DateField(
                label=label,
                required=number == 1,
                widget=DateInput(),
                error_messages={"required": "Indiquez le premier jour.", "invalid": "Cette date n’existe pas."},
            )
            self.fields[f"morning_from_{number}"] = start_field(f"{label}, début du matin", "09:00")
            self.fields[f"morning_{number}"] = hours_field(f"{label}, matin (h)")
            self.fields[f"afternoon_from_{number}"] = start_field(f"{label}, début de l’après-midi", "14:00")
            self.fields[f"afternoon_{number}"] = hours_field(f"{label}, après-midi (h)")

    def common_fields(self):
        return [field for field in self.visible_fields() if not field.name.rpartition("_")[2].isdigit()]

    def day_rows(self):
        """Five fields a day, for a template that shows them side by side."""
        names = ("day", "morning_from", "morning", "afternoon_from", "afternoon")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, DAYS + 1)]

    def clean(self):
        data = super().clean()
        days = set()
        for number in range(1, DAYS + 1):
            day = data.get(f"day_{number}")
            has_hours = bool(data.get(f"morning_{number}") or data.get(f"afternoon_{number}"))
            field = f"day_{number}"
            if day and not has_hours and f"morning_{number}" not in self.errors:
                self.add_error(field, "Indiquez les heures du matin, de l’après-midi, ou les deux.")
            if has_hours and not day and field not in self.errors:
                self.add_error(field, "Indiquez la date de ces heures.")
            if day and day in days:
                self.add_error(field, "Ce jour est déjà indiqué plus haut.")
            days.add(day)
        return data

    def slots(self) -> list[Slot]:
        found = []
        for number in range(1, DAYS + 1):
            for period in (Period.MORNING, Period.AFTERNOON):
                hours = self.cleaned_data.get(f"{period.value}_{number}")
                if hours:
                    start = self.cleaned_data.get(f"{period.value}_from_{number}")
                    found.append((self.cleaned_data[f"day_{number}"], period, hours, start))
        return sorted(found, key=lambda slot: (slot[0], slot[1] == Period.AFTERNOON))


class PersonForm(PortalForm):
    """A person to train. The e-mail tells two people of one name apart."""

    last_name = forms.CharField(label="Nom", max_length=100, error_messages={"required": "Indiquez le nom."})
    first_name = forms.CharField(label="Prénom", max_length=100, error_messages={"required": "Indiquez le prénom."})
    email = forms.EmailField(
        label="Adresse électronique", required=False, help_text="Elle évite de compter deux fois la même personne."
    )
    profession = forms.ModelChoiceField(
        label="Profession",
        queryset=None,
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profession"].queryset = values_of("profession")

    def clean_working_since(self) -> int | None:
        year = self.cleaned_data["working_since"]
        if year and year > timezone.localdate().year:
            raise ValidationError("Cette année est à venir.")
        return year

    def person(self) -> dict:
        """Arguments of `professional_register`."""
        data = self.cleaned_data
        return {
            "last_name": data["last_name"],
            "first_name": data["first_name"],
            "email": data["email"],
            "profession_id": data["profession"].pk,
            "working_since": data["working_since"],
            "sex": data["sex"],
        }


class TraineeForm(PersonForm):
    """A person whom the trainer adds: the employer is told by its type and its name."""

    employer_type = forms.ModelChoiceField(
        label="Type d’employeur",
        queryset=None,
        empty_label="Choisir",
        error_messages={"required": "Choisissez le type d’employeur."},
    )
    employer_name = forms.CharField(
        label="Employeur", max_length=160, required=False, help_text="Pour une structure d’accueil, laissez vide."
    )
    territory = optional_territory()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employer_type"].queryset = values_of("type_employeur")

    def person(self) -> dict:
        data = self.cleaned_data
        return {
            **super().person(),
            "employer_type_id": data["employer_type"].pk,
            "employer_name": data["employer_name"],
            "territory_id": data["territory"] or None,
        }


class TeamMemberForm(PersonForm):
    """A person whom a director adds to the team of the own structure."""

    employer = forms.ModelChoiceField(label="Structure", queryset=None, empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = own_structures()
        if len(own_structures()) == 1:
            self.fields["employer"].required = False
            self.fields["employer"].widget = forms.HiddenInput()

    def clean_employer(self) -> Partner | None:
        return self.cleaned_data["employer"] or own_structures().first()

    def person(self) -> dict:
        employer = self.cleaned_data["employer"]
        return {**super().person(), "employer": employer, "employer_type_id": "type_employeur:STRUCTURE"}


class TeamEnrolForm(PortalForm):
    """Tick the members of the team who come."""

    people = forms.ModelMultipleChoiceField(
        label="Qui vient",
        queryset=Professional.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


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


def half_day_label(half_day: HalfDay) -> str:
    return f"{date_format(half_day.day, 'D j F')} {half_day.get_period_display()}"
