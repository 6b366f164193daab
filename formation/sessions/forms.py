"""Planning a session."""

from decimal import Decimal
from typing import Any

from django import forms

from cms.kit.forms.fields import choices_offer, rows_offer
from cms.kit.forms.portal import PortalForm
from cms.territory.selectors import territory_choices
from cms.users.models import User
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.common.forms import DateInput, optional_territory, start_field
from formation.curriculum.selectors import curriculum_in_force
from formation.enums import Period
from formation.sessions.models.sessions import ZONES, Enrolment
from formation.sessions.selectors import trainers_available
from formation.sessions.services.sessions import Slot

DAYS = 6


def hours_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.5"),
        max_value=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.5", "class": "hv-full"}),
    )


class EnrolmentField(forms.ModelChoiceField):
    """People enrolled to choose from, each by their name."""

    def label_from_instance(self, obj: Enrolment) -> str:
        return str(obj.professional)


class SessionForm(PortalForm):
    """Plan a session; up to six days, each with its hours in the morning and in the afternoon."""

    module_code = forms.ChoiceField(label="Module", error_messages={"required": "Choisissez le module."})
    trainers = forms.ModelMultipleChoiceField(
        label="Qui anime",
        queryset=User.objects.none(),
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
        queryset=Value.objects.none(),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = curriculum_in_force()
        clauses = version.ordered_clauses if version else []
        choices_offer(
            self,
            "module_code",
            [("", "Choisir")] + [(clause.code, f"{clause.code} – {clause.content['title']}") for clause in clauses],
        )
        rows_offer(self, "trainers", trainers_available())
        rows_offer(self, "audiences", values_of("groupe_profession"))
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

    def common_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.rpartition("_")[2].isdigit()]

    def day_rows(self) -> list[list[forms.BoundField]]:
        """List five fields per day, for a template that shows them side by side."""
        names = ("day", "morning_from", "morning", "afternoon_from", "afternoon")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, DAYS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
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
        slots: list[Slot] = []
        for number in range(1, DAYS + 1):
            for period in (Period.MORNING, Period.AFTERNOON):
                hours = self.cleaned_data.get(f"{period.value}_{number}")
                if hours:
                    start = self.cleaned_data.get(f"{period.value}_from_{number}")
                    slots.append((self.cleaned_data[f"day_{number}"], period, hours, start))
        return sorted(slots, key=lambda slot: (slot[0], slot[1] == Period.AFTERNOON))
