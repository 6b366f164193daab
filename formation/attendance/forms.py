"""Forms of the signature, of those who come without being enrolled, and of what a trainer decides."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from cms.kit.forms.fields import choices_offer, rows_offer
from cms.kit.forms.portal import PortalForm
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.attendance.policies import can_correct_late
from formation.attendance.rules import Presence, presence_fault
from formation.attendance.selectors import STATUS_LETTERS, AttendanceMark, Sheet
from formation.attendance.services.signatures import WalkInFacts
from formation.enums import Status
from formation.people.models import Professional
from formation.sessions.forms import EnrolmentField
from formation.sessions.models.sessions import Enrolment, HalfDay
from formation.sessions.words import half_day_label

MARK_PREFIX, CAME_PREFIX, LEFT_PREFIX = "presence-", "arrivee-", "depart-"


class CodeForm(PortalForm):
    code = forms.CharField(
        label="Code affiché à l’écran",
        max_length=20,
        error_messages={"required": "Tapez les six signes affichés à l’écran."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AttendanceSignForm(PortalForm):
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


class AccountSignForm(PortalForm):
    """Signature of somebody with an account: one box."""

    is_present = AttendanceSignForm.base_fields["is_present"]


class WalkInForm(PortalForm):
    """Somebody whose name is not on the list."""

    last_name = AttendanceSignForm.base_fields["last_name"]
    first_name = AttendanceSignForm.base_fields["first_name"]
    email = forms.EmailField(
        label="Votre adresse électronique",
        error_messages={"required": "Écrivez votre adresse : elle évite de vous compter deux fois."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
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
    employer_name = forms.CharField(
        label="Nom de votre employeur",
        max_length=160,
        required=False,
        help_text="Laissez vide si vous travaillez dans un lieu d’accueil : son nom est protégé.",
    )
    is_present = AttendanceSignForm.base_fields["is_present"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "profession", values_of("profession"))
        rows_offer(self, "employer_type", values_of("type_employeur"))

    def facts(self) -> WalkInFacts:
        data = self.cleaned_data
        return WalkInFacts(
            last_name=data["last_name"],
            first_name=data["first_name"],
            email=data["email"],
            profession_id=data["profession"].pk,
            employer_type_id=data["employer_type"].pk,
            employer_name=data["employer_name"],
        )


class DeviceForm(PortalForm):
    """Who signs now on the trainer's telephone."""

    enrolment = EnrolmentField(
        label="Qui signe ?",
        queryset=Enrolment.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez votre nom.", "invalid_choice": "Cette personne a déjà signé."},
    )
    is_present = AttendanceSignForm.base_fields["is_present"]

    def __init__(self, *args: Any, people: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "enrolment", people)


class WalkInDecisionForm(PortalForm):
    """Which known person this is, or none of them."""

    NEW, REFUSE = "new", "refuse"
    who = forms.ChoiceField(
        label="Qui est cette personne ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui est cette personne.", "invalid_choice": "Rechargez la page."},
    )

    def __init__(self, *args: Any, doubles: list[Professional], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (str(row.pk), f"{row}, {row.profession.label if row.profession else 'profession non renseignée'}")
            for row in doubles
        ]
        choices_offer(
            self,
            "who",
            [
                *known,
                (self.NEW, "Une personne que je ne connaissais pas : l’inscrire"),
                (self.REFUSE, "Personne de ce nom n’était là : ne pas compter cette signature"),
            ],
        )

    def professional_id(self) -> uuid.UUID | None:
        return None if self.cleaned_data["who"] == self.NEW else uuid.UUID(self.cleaned_data["who"])


class HalfDaysField(forms.ModelMultipleChoiceField):
    """Half-days to tick, each named by its day and period."""

    def label_from_instance(self, obj: HalfDay) -> str:
        return half_day_label(obj)


class ExcuseForm(PortalForm):
    half_days = HalfDaysField(
        label="Demi-journées où la personne ne viendra pas",
        queryset=HalfDay.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une demi-journée."},
        help_text="Le motif ne s’écrit pas.",
    )

    def __init__(self, *args: Any, half_days: QuerySet[HalfDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "half_days", half_days)


@dataclass(frozen=True)
class Cell:
    """A box of the sheet: its field, or None when it cannot change; each choice as (input, letter, label)."""

    mark: AttendanceMark
    field: forms.BoundField | None
    boxes: Sequence[tuple[str, str, str]]
    hours: Sequence[forms.BoundField] = ()
    """Hours of arrival and of leaving, on the clock of the place."""

    @property
    def is_open(self) -> bool:
        """Whether hours are shown at once: one is filled in, or is to be corrected."""
        return any(field.value() or field.errors for field in self.hours)


class MarkField(forms.ChoiceField):
    """One box of the sheet. It holds its mark, for the template."""

    def __init__(self, mark: AttendanceMark) -> None:
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


class HourField(forms.TimeField):
    """An hour of one box of the sheet."""

    def __init__(self, mark: AttendanceMark, label: str, at: dt.datetime | None) -> None:
        zone = mark.half_day.session.zone
        super().__init__(
            label=label,
            required=False,
            initial=f"{at.astimezone(zone):%H:%M}" if at else "",
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={"invalid": "Écrivez l’heure ainsi : 09:40."},
        )


class AttendanceForm(PortalForm):
    """The whole sheet, or the half-days that were sent. An unchanged box writes nothing."""

    reason = forms.CharField(
        label="Motif de la correction",
        max_length=200,
        required=False,
        help_text="À écrire si vous changez une présence relevée depuis plus de 48 heures ou contresignée. "
        "Jamais l’état de santé d’une personne.",
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        late = can_correct_late()
        if not (sheet.countersigned or (late and any(mark.is_locked for mark in sheet.marks()))):
            del self.fields["reason"]
        for mark in sheet.marks():
            if mark.half_day.begins_at <= timezone.now() and (late or not mark.is_locked):
                key = (mark.half_day.pk, mark.enrolment.pk)
                came, left = (mark.row.came_at, mark.row.left_at) if mark.row else (mark.arrival, None)
                self.fields[mark_name(*key)] = MarkField(mark)
                self.fields[mark_name(*key, prefix=CAME_PREFIX)] = HourField(mark, "Arrivée à", came)
                self.fields[mark_name(*key, prefix=LEFT_PREFIX)] = HourField(mark, "Départ à", left)

    def rows(self) -> Iterator[tuple[Enrolment, list[Cell]]]:
        """Yield each person with one cell per half-day."""
        for enrolment, marks in self.sheet.lines:
            yield enrolment, [self._cell(mark) for mark in marks]

    def _cell(self, mark: AttendanceMark) -> Cell:
        name = mark_name(mark.half_day.pk, mark.enrolment.pk)
        if name not in self.fields:
            return Cell(mark, None, [])
        field = self[name]
        boxes = [(option.tag(), STATUS_LETTERS[option.data["value"]], option.choice_label) for option in field]
        key = (mark.half_day.pk, mark.enrolment.pk)
        hours = [self[mark_name(*key, prefix=prefix)] for prefix in (CAME_PREFIX, LEFT_PREFIX)]
        return Cell(mark, field, boxes, hours)

    def clean(self) -> dict[str, Any] | None:
        strangers = [name for name in self.data if name.startswith(MARK_PREFIX) and name not in self.fields]
        if strangers:
            raise ValidationError(
                "Une case de la feuille concerne une personne non inscrite, une demi-journée à venir ou une présence "
                "close depuis plus de 48 heures. Rechargez la feuille, puis recommencez."
            )
        cleaned = super().clean()
        for name, field in list(self.fields.items()):
            if isinstance(field, MarkField) and name in self.cleaned_data:
                mark, said = field.mark, self._said(field.mark)
                if said and (fault := presence_fault(said, mark.half_day.begins_at, mark.half_day.ends_at)):
                    self.add_error(name, fault)
        return cleaned

    def _said(self, mark: AttendanceMark) -> Presence | None:
        """Return what was sent of one box with its hours; None for a box left empty, or sent without its hours."""
        key = (mark.half_day.pk, mark.enrolment.pk)
        names = [mark_name(*key, prefix=prefix) for prefix in (CAME_PREFIX, LEFT_PREFIX)]
        status = self.cleaned_data.get(mark_name(*key))
        if not status or not any(name in self.data for name in names):
            return None
        if status not in (Status.PRESENT, Status.LEFT_EARLY):
            return Presence(status)
        came, left = (self._moment(mark, self.cleaned_data.get(name)) for name in names)
        return Presence(status, came if came and came > mark.half_day.begins_at else None, left)

    @staticmethod
    def _moment(mark: AttendanceMark, hour: dt.time | None) -> dt.datetime | None:
        """Return the moment of an hour told by the clock of the place; to the second when it is the one offered."""
        if hour is None:
            return None
        zone = mark.half_day.session.zone
        known = [mark.row.came_at, mark.row.left_at] if mark.row else [mark.arrival]
        for at in known:
            if at and f"{at.astimezone(zone):%H:%M}" == f"{hour:%H:%M}":
                return at
        at = dt.datetime.combine(mark.half_day.day, hour, zone)
        tomorrow = dt.datetime.combine(mark.half_day.day + dt.timedelta(days=1), hour, zone)
        return tomorrow if at < mark.half_day.begins_at and tomorrow <= mark.half_day.ends_at else at

    def marks(self) -> list[tuple[HalfDay, Mapping[uuid.UUID, Presence | str]]]:
        """Return what to record for each half-day.

        « Tous présents » fills the boxes of one half-day that are still empty.
        """
        everybody = self.data.get("everybody", "")
        marks: dict[HalfDay, dict[uuid.UUID, Presence | str]] = {}
        for name, field in self.fields.items():
            if isinstance(field, MarkField):
                mark = field.mark
                status = self.cleaned_data[name]
                if not status and not mark.status and str(mark.half_day.pk) == everybody:
                    status = Status.PRESENT
                said = self._said(mark) or status
                if said and said not in (mark.status, mark.row and mark.row.presence):
                    marks.setdefault(mark.half_day, {})[mark.enrolment.pk] = said
        return list(marks.items())


def mark_name(half_day_id: uuid.UUID, enrolment_id: uuid.UUID, *, prefix: str = MARK_PREFIX) -> str:
    return f"{prefix}{half_day_id}-{enrolment_id}"
