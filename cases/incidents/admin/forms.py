"""Forms of the coordination on an incident. Nothing sealed is read back into a field."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.common.admin.forms import moment, now_local, words
from cases.enums import INCIDENT_RUNAWAY
from cases.incidents.models.declared import Incident
from cases.incidents.services.following import Action
from cases.incidents.words import clause_words
from cases.stays.models import Placement
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import clauses_in_force
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField, LazyMultipleChoiceField
from cms.kit.forms.fields import rows_offer
from cms.notify.duty.selectors import people_on_call
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.values.forms import value_choice
from cms.values.selectors import values_of

ACTIONS = 3
"""Lines of actions on the form of a retour d’expérience; others are added afterwards as tasks."""


def day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **kwargs)


def owners_of(incident: Incident) -> QuerySet[User]:
    """List who may answer for a task: the network, and the direction of the structure unless it must not know."""
    people = Q(pk__in=people_on_call().values("pk"))
    if incident.partner_id and not incident.is_confidential:
        directs = Membership.objects.on(timezone.localdate()).filter(
            partner_id=incident.partner_id, role=Role.STRUCTURE_DIRECTOR
        )
        people |= Q(pk__in=directs.values("user_id"))
    return User.objects.filter(people, is_active=True).order_by("last_name", "first_name")


def owner(label: str = "Responsable", *, required: bool = True) -> LazyChoiceField:
    return LazyChoiceField(User.objects.none, label=label, required=required)


class RateForm(AdminForm):
    aliases = {"severity_id": "severity"}

    severity = value_choice("gravite", label="Gravité")
    reason = words("Pourquoi", help_text="Gardé sous scellé, dans le suivi.")


class NoteForm(AdminForm):
    words = words("Ce qui s’est passé", rows=4, help_text="Gardé sous scellé. Une ligne ne se modifie jamais.")
    at = moment("Le", initial=now_local)
    is_shared = forms.BooleanField(
        label="Lu aussi par le déclarant, et par la structure si la déclaration n’est pas confidentielle",
        required=False,
    )


class TaskForm(AdminForm):
    words = words("Ce qui est à faire", help_text="Gardé sous scellé.")
    owner = owner()
    due_on = day("Pour le")

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "owner", owners_of(incident))


class SuspendForm(AdminForm):
    ends_on = day("Jusqu’au", required=False, help_text="Vide : jusqu’à ce que vous la leviez.")


class ReasonForm(AdminForm):
    reason = words("Pourquoi", help_text="Gardé sous scellé, dans le suivi.")


class AttachForm(AdminForm):
    partner = LazyChoiceField(lambda: Partner.objects.structures().order_by("code_name"), label="Structure")


class PairForm(AdminForm):
    is_same = forms.ChoiceField(
        label="Ces deux déclarations",
        choices=[("oui", "racontent le même fait"), ("non", "racontent deux faits différents")],
        widget=forms.RadioSelect,
    )


class RetexForm(AdminForm):
    """What was understood, and up to three actions; an empty line of action is left out."""

    held_on = day("Tenu le", initial=timezone.localdate)
    causes = LazyMultipleChoiceField(lambda: values_of("cause_incident"), label="Causes")
    lessons = words(
        "Ce que vous avez compris ensemble", rows=6, help_text="Gardé sous scellé. Une cause n’accuse personne."
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = owners_of(incident)
        exigences = clause_choices(DocumentKind.REFERENTIEL)
        modules = clause_choices(DocumentKind.CURRICULUM)
        for number in range(1, ACTIONS + 1):
            self.fields[f"words_{number}"] = words(f"Action {number}")
            self.fields[f"owner_{number}"] = forms.ModelChoiceField(people, label="Responsable", required=False)
            self.fields[f"due_on_{number}"] = day("Pour le", required=False)
            self.fields[f"exigence_{number}"] = forms.ChoiceField(
                label="Exigence du référentiel", choices=exigences, required=False
            )
            self.fields[f"module_{number}"] = forms.ChoiceField(
                label="Module de formation", choices=modules, required=False
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for number in range(1, ACTIONS + 1):
            if not cleaned.get(f"words_{number}"):
                continue
            for name, sentence in (("owner", "Choisissez qui en répond."), ("due_on", "Indiquez pour quand.")):
                field = f"{name}_{number}"
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, sentence)
        return cleaned

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "held_on": data["held_on"],
            "lessons": data["lessons"],
            "causes": [cause.pk for cause in data["causes"]],
            "actions": self.actions(),
        }

    def actions(self) -> list[Action]:
        data = self.cleaned_data
        return [
            Action(
                words=data[f"words_{number}"],
                owner=data[f"owner_{number}"],
                due_on=data[f"due_on_{number}"],
                exigence_code=data[f"exigence_{number}"],
                module_code=data[f"module_{number}"],
            )
            for number in range(1, ACTIONS + 1)
            if data[f"words_{number}"]
        ]


def clause_choices(kind: str) -> list[tuple[str, str]]:
    """Return codes of the version in force with their title; only the blank choice while nothing is published."""
    clauses = clauses_in_force(kind)
    return [("", "Aucun"), *((code, clause_words(code, content)) for code, content in clauses.items())]


class PhoneIncidentForm(AdminForm):
    """A declaration received by telephone, in the order of the conversation, dated at the hour of the call."""

    aliases = {"placements": "children", "severity_id": "severity", "incident_type_id": "incident_type"}

    key = forms.UUIDField(widget=forms.HiddenInput)
    partner = LazyChoiceField(lambda: Partner.objects.structures().order_by("code_name"), label="Structure")
    declared_at = moment("Heure de l’appel")
    incident_type = value_choice("type_incident", label="Que s’est-il passé ?")
    occurred_at = moment("Survenu le")
    noticed_at = moment("Constaté le")
    children = LazyMultipleChoiceField(
        lambda: Placement.objects.present_on(timezone.localdate()).select_related("case", "partner"),
        label="Enfants concernés",
        required=False,
        help_text="Ceux de la structure choisie.",
    )
    narrative = words("Les faits", rows=5, help_text="Gardé sous scellé. Ni nom ni adresse.")
    measures = words("Ce qui est déjà fait", rows=2, help_text="Gardé sous scellé.")
    severity = value_choice(
        "gravite", label="Gravité", required=False, help_text="Vide : celle que le réseau propose pour ce type."
    )
    severity_reason = words("Pourquoi une autre gravité que la proposée")
    is_confidential = forms.BooleanField(
        label="En confiance : ni la structure ni sa direction ne la voient, et elles ne sont pas appelées",
        required=False,
    )
    is_known_from_police = forms.BooleanField(
        label="La police ou la gendarmerie nous l’apprend : la structure n’avait rien déclaré",
        required=False,
        help_text="Pour une fugue seulement. Ce silence se voit dans « Ce que les incidents apprennent ».",
    )
    is_mine = forms.BooleanField(label="Je la prends en charge", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("incident_type")
        if cleaned.get("is_known_from_police") and kind and kind.pk != INCIDENT_RUNAWAY:
            self.add_error("is_known_from_police", "Cette case se coche pour une fugue seulement.")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return the fields of a `Declaration`, from a valid form."""
        data = self.cleaned_data
        return {
            "partner": data["partner"],
            "incident_type_id": data["incident_type"].pk,
            "severity_id": data["severity"] and data["severity"].pk,
            "severity_reason": data["severity_reason"],
            "occurred_at": data["occurred_at"],
            "noticed_at": data["noticed_at"],
            "declared_at": data["declared_at"],
            "narrative": data["narrative"],
            "measures": data["measures"],
            "placements": list(data["children"]),
            "is_confidential": data["is_confidential"] or None,
            "is_known_from_police": data["is_known_from_police"],
            "idempotency_key": data["key"],
        }


def phone_initial() -> dict[str, Any]:
    return {"key": uuid.uuid4(), "declared_at": now_local(), "noticed_at": now_local()}
