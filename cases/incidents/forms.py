"""« Déclarer une situation préoccupante », and who was told of it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.forms import (
    BoundField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    HiddenInput,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
    UUIDField,
)

from cases.common.forms.fields import MomentField, choices, needed
from cases.common.forms.screens import Screen, ScreensForm
from cases.stays.models import Placement
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.kit.words import NBSP
from cms.partners.models import Partner
from cms.values.models import Value
from cms.values.selectors import values_by_list

OPEN, CONFIDENTIAL = "open", "confidential"
GRAVITY = ("severity", "severity_reason")
"""Asked last, and folded: the gravity proposed for the type is the one that most keep."""


class IncidentForm(ScreensForm):
    """« Déclarer une situation préoccupante », by the team of a structure."""

    screens: tuple[Screen, ...] = (
        Screen("Les faits", ("partner", "structure_named", "incident_type", "narrative")),
        Screen("Quand et qui", ("occurred_at", "noticed_at", "children", "measures")),
        Screen("Qui lit, qui sait", ("reading", "authorities", "told_at", *GRAVITY)),
    )
    aliases = {"placements": "children", "partner": "children"}
    """Names that the service gives to what the form calls otherwise."""
    opens_to = "Ma structure et la coordination"

    key = UUIDField(widget=HiddenInput)
    partner = ChoiceField(
        label="Votre structure", widget=RadioSelect, error_messages=needed("Choisissez votre structure.")
    )
    incident_type = ChoiceField(
        label="Que s’est-il passé ?", error_messages=needed("Choisissez ce qui s’approche le plus.")
    )
    occurred_at = MomentField(label="Survenu le", help_text="À peu près, si vous ne le savez pas exactement.")
    noticed_at = MomentField(label="Constaté le", help_text="Le moment où votre équipe l’a su.")
    children = MultipleChoiceField(
        label="Enfants concernés",
        required=False,
        widget=CheckboxSelectMultiple,
        help_text="Par leur référence, jamais par leur nom. Aucun : laissez vide.",
    )
    narrative = CharField(
        label="Les faits",
        error_messages=needed("Racontez les faits en quelques mots."),
        max_length=8000,
        widget=Textarea(attrs={"rows": 6}),
        help_text="Conservés sous clé : seuls la coordination et ceux que vous choisissez plus bas les lisent.",
    )
    measures = CharField(
        label="Ce que vous avez déjà fait", required=False, max_length=4000, widget=Textarea(attrs={"rows": 3})
    )
    severity = ChoiceField(
        label="Gravité",
        required=False,
        widget=RadioSelect,
        help_text="Sans choix de votre part, la gravité proposée pour ce type est retenue.",
    )
    severity_reason = CharField(
        label="Pourquoi une autre gravité que la proposée",
        required=False,
        max_length=400,
        help_text="Quelques mots, seulement si vous en avez choisi une autre.",
    )
    reading = ChoiceField(
        label="Qui lit cette déclaration ?",
        required=False,
        widget=RadioSelect,
        help_text="Sans choix de votre part, elle est réservée à la coordination et à vous quand un adulte de la "
        "structure est mis en cause, et lue par votre structure sinon.",
    )
    authorities = MultipleChoiceField(label="Qui est déjà prévenu ?", required=False, widget=CheckboxSelectMultiple)
    told_at = MomentField(
        label="Prévenus le", required=False, help_text="À remplir si vous avez coché un destinataire ci-dessus."
    )

    def __init__(self, *args: Any, partners: Iterable[Partner], stays: Iterable[Placement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_by_list("type_incident", "gravite", "autorite")
        self.severities = {value.code: value for value in values["gravite"]}
        self.types = {value.pk: value for value in values["type_incident"]}
        self.partners = {str(partner.pk): partner for partner in partners}
        self.stays = {str(stay.pk): stay for stay in stays}
        choices_offer(self, "partner", [(pk, partner.code_name) for pk, partner in self.partners.items()])
        if len(self.partners) == 1:
            del self.fields["partner"]
        choices_offer(
            self,
            "incident_type",
            [
                ("", "Choisissez"),
                *((pk, self._type(v)) for pk, v in self.types.items()),
            ],
        )
        choices_offer(
            self,
            "severity",
            [(value.pk, f"{value.label} : {_lower(value.extra.get('meaning', ''))}") for value in values["gravite"]],
        )
        choices_offer(self, "children", [(pk, self.child_label(stay)) for pk, stay in self.stays.items()])
        if not self.stays:
            del self.fields["children"]
        choices_offer(
            self,
            "reading",
            [
                (OPEN, self.opens_to),
                (CONFIDENTIAL, "La coordination et moi seulement : ni la direction de la structure ni mes collègues"),
            ],
        )
        choices_offer(self, "authorities", choices(values["autorite"]))

    def child_label(self, stay: Placement) -> str:
        return _child(stay.case.reference, stay)

    def _type(self, value: Value) -> str:
        proposed = self.severities.get(value.extra.get("default_severity", ""))
        if not proposed:
            return value.label
        raised = self.severities.get(value.extra.get("raise_to") or "")
        words = f"{proposed.label.lower()} ou {raised.label.lower()}" if raised else proposed.label.lower()
        return f"{value.label} (gravité proposée : {words})"

    def gravity(self, number: int) -> list[BoundField]:
        """Return the fields of the gravity, on their screen."""
        return [field for field in self.shown(number) if field.name in GRAVITY]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if len(self.partners) == 1:
            cleaned["partner"] = next(iter(self.partners))
        if cleaned.get("authorities") and not cleaned.get("told_at") and "told_at" not in self.errors:
            self.add_error("told_at", "Indiquez quand ces destinataires ont été prévenus.")
        return cleaned

    def facts(self) -> dict:
        """Return what is common to all declarations, whoever makes them."""
        data = self.cleaned_data
        return {
            "incident_type_id": data["incident_type"],
            "severity_id": data["severity"] or None,
            "severity_reason": data["severity_reason"],
            "occurred_at": data["occurred_at"],
            "noticed_at": data["noticed_at"],
            "narrative": data["narrative"],
            "measures": data["measures"],
            "idempotency_key": data["key"],
        }

    def arguments(self) -> dict:
        """Return the fields of a `Declaration`, from a valid form."""
        data = self.cleaned_data
        return self.facts() | {
            "partner": self.partners[data["partner"]],
            "placements": [self.stays[pk] for pk in data.get("children", ())],
            "is_confidential": {OPEN: False, CONFIDENTIAL: True}.get(data["reading"]),
        }


class ServiceIncidentForm(IncidentForm):
    """The same, by a service about minors that it follows. The structure stays unnamed: a stay is a reference here."""

    opens_to = "La structure, mon service et la coordination"

    field_order = ("key", "partner", "children")
    screens = (
        Screen("Qui, et les faits", ("partner", "children", "incident_type", "narrative")),
        Screen("Quand", ("occurred_at", "noticed_at", "measures")),
        IncidentForm.screens[2],
    )

    def __init__(self, *args: Any, references: dict[uuid.UUID, str], **kwargs: Any) -> None:
        self.references = references
        super().__init__(*args, **kwargs)
        for name in ("children", "reading"):
            if name in self.fields:
                self.fields[name].required = True
        if "partner" in self.fields:
            self.fields["partner"].label = "Votre service"
        self.fields["noticed_at"].help_text = "Le moment où votre service l’a su."
        self.fields["reading"].help_text = "En confiance, la structure ne saura pas que vous avez déclaré."
        for name, sentence in (("children", "Choisissez au moins un mineur."), ("reading", "Dites qui la lira.")):
            if name in self.fields:
                self.fields[name].error_messages |= needed(sentence)

    def child_label(self, stay: Placement) -> str:
        return _child(self.references.get(stay.case_id, "Mineur suivi"), stay)

    def arguments(self) -> dict:
        arguments = super().arguments()
        return arguments | {"service": arguments["partner"], "partner": None}


class OutsideForm(IncidentForm):
    """In confidence, by whoever is signed in, about a structure that they name: they never read which ones exist."""

    aliases = {}

    structure_named = CharField(
        label="Quelle structure ?",
        max_length=300,
        error_messages=needed("Dites de quelle structure il s’agit, comme vous la connaissez."),
        help_text="Comme vous la connaissez : son nom, qui la dirige, la ville. La coordination la reconnaîtra. "
        "Gardé sous scellé.",
    )

    field_order = ("key", "structure_named")
    screens = (
        Screen("Ce que vous savez", ("structure_named", "incident_type", "narrative")),
        Screen("Quand", ("occurred_at", "noticed_at", "measures", *GRAVITY)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, partners=(), stays=(), **kwargs)
        for name in ("partner", "reading", "authorities", "told_at"):
            del self.fields[name]
        self.fields["noticed_at"].help_text = "Le moment où vous l’avez su."
        self.fields[
            "narrative"
        ].help_text = "Ni nom ni adresse d’enfant. Conservés sous clé : la coordination et vous seuls les lisez."
        self.fields["measures"].label = "Ce qui a déjà été fait, à votre connaissance"

    def arguments(self) -> dict:
        data = self.cleaned_data
        return self.facts() | {"structure_named": data["structure_named"]}


class EventForm(PortalForm):
    """What happened since, added to the time line."""

    words = CharField(
        label="Ce qui s’est passé depuis",
        max_length=4000,
        widget=Textarea(attrs={"rows": 4}),
        error_messages=needed("Écrivez ce qui s’est passé."),
        help_text="Ajouté au suivi, et jamais modifié ensuite. Conservé sous clé.",
    )

    def __init__(self, *args: Any, is_read_by_service: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_read_by_service:
            self.fields["words"].help_text = (
                "Le service qui a déclaré le lit aussi : ni adresse, ni nom du lieu, ni autre jeune. Ajouté au suivi, "
                "et jamais modifié ensuite. Conservé sous clé."
            )


def _child(reference: str, stay: Placement) -> str:
    """Return a child by the reference that the reader knows, and the age: a day of arrival tells nobody apart."""
    age = f"{stay.age_at_arrival}{NBSP}ans à l’arrivée" if stay.age_at_arrival is not None else "âge inconnu"
    return f"{reference}, {age}, depuis le {stay.arrived_on:%d/%m/%Y}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
