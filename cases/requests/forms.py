"""« Demander un accueil »: three screens for whoever needs a bed tonight, stages for educational services."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    NullBooleanField,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
    UUIDField,
)
from django.utils import timezone

from cases.common.forms.fields import MomentField, choices, needed
from cases.common.forms.screens import Screen, ScreensForm
from cases.common.selectors import frame_warning
from cases.enums import MAJORITY, AgePrecision
from cases.extra.forms import extra_form_fields, extra_given
from cases.extra.selectors import fields_on_screens
from cases.requests.siblings.services import MOST, Sibling
from cases.requests.tonight.forms import DANGER, MINOR, TonightFields
from cms.kit.forms.fields import choices_offer
from cms.partners.models import Partner
from cms.territory.selectors import territory_choices
from cms.users.roles import Role
from cms.values.models import Value
from cms.values.selectors import values_by_list
from cms.values.words import promise_words
from cms.wall import scope

PHONE = RegexValidator(r"^\+?[0-9][0-9 .()-]{1,20}$", "Écrivez un numéro de téléphone, par exemple 01 99 00 12 34.")
UNKNOWN = [("", "Inconnu ou non précisé")]
FORCES = {"POLICE", "GENDARMERIE"}
SHORT = FORCES | {"EDUCATION", "LIGNE"}
"""Families that send three screens: they must protect tonight, or transmit, and know little of the past."""
NO_NAME = "Son nom n’est jamais demandé ici."


class RequestForm(TonightFields, ScreensForm):
    """« Demander un accueil »: five compulsory fields, and ten that a thumb answers or leaves at « Pas su ». Brothers
    and sisters are added on demand.
    """

    screens: tuple[Screen, ...] = (
        Screen("Vous", ("requester", "callback_name", "callback_phone", "urgency")),
        Screen("Le mineur", ("sex", "age", "age_precision", "current_place", "safe_until", *MINOR), NO_NAME),
        Screen("Le danger", ("forms", "main_form", "exploitation_place", *DANGER, "narrative")),
    )
    extra_screen = 3
    """Where the fields that the network added are asked."""
    key = UUIDField(widget=HiddenInput)
    siblings = IntegerField(widget=HiddenInput, required=False, min_value=0, max_value=MOST)
    requester = ChoiceField(
        label="Votre service", widget=RadioSelect, error_messages=needed("Choisissez votre service.")
    )
    callback_name = CharField(
        label="Qui rappeler",
        max_length=120,
        help_text="Votre nom ou celui du collègue de permanence.",
        error_messages=needed("Indiquez qui rappeler."),
    )
    callback_phone = CharField(
        label="Ligne directe",
        error_messages=needed("Indiquez un numéro où vous rappeler."),
        max_length=30,
        validators=[PHONE],
        widget=TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    urgency = ChoiceField(
        label="Quand faut-il une réponse ?", widget=RadioSelect, error_messages=needed("Choisissez un délai.")
    )
    sex = ChoiceField(
        label="Sexe", widget=RadioSelect, error_messages=needed("Choisissez. « Autre ou non précisé » convient.")
    )
    age = IntegerField(
        label="Âge", required=False, min_value=0, max_value=25, help_text="En années. Laissez vide s’il est inconnu."
    )
    age_precision = ChoiceField(label="D’où vient cet âge ?", required=False, widget=RadioSelect)
    current_place = ChoiceField(label="Département où se trouve le mineur", required=False)
    safe_until = MomentField(
        label="En sécurité jusqu’à", required=False, help_text="Là où le mineur attend à présent."
    )
    forms = MultipleChoiceField(
        label="Formes d’exploitation présumées",
        widget=CheckboxSelectMultiple,
        help_text="Cochez tout ce que vous soupçonnez.",
        error_messages=needed("Cochez au moins une forme. « Forme indéterminée » convient si vous ne savez pas."),
    )
    main_form = ChoiceField(
        label="Forme principale", required=False, help_text="À choisir si vous en avez coché plusieurs."
    )
    exploitation_place = ChoiceField(
        label="Département où l’exploitation a lieu",
        required=False,
        help_text="La coordination cherchera un accueil loin de là.",
    )
    narrative = CharField(
        label="Ce qu’il faut savoir pour protéger ce mineur",
        required=False,
        max_length=4000,
        widget=Textarea(attrs={"rows": 5}),
        help_text="Menaces, habitudes de fuite, ce qui le rassure. Ni nom ni adresse, s’il vous plaît.",
    )

    def __init__(self, *args: Any, partners: Iterable[Partner] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in partners}
        values = values_by_list("urgence", "sexe", "precision_age", "forme")
        territories = [*UNKNOWN, *territory_choices()]
        families = choices([value for value in values["forme"] if value.parent_id is None])
        choices_offer(self, "requester", [(pk, partner.code_name) for pk, partner in self.partners.items()])
        if len(self.partners) < 2:
            del self.fields["requester"]
        urgencies = [value for value in values["urgence"] if self.takes(value)]
        choices_offer(self, "urgency", [(value.pk, _urgency(value)) for value in urgencies])
        choices_offer(self, "sex", choices(values["sexe"]))
        if "age_precision" in self.fields:
            known = [choice for choice in choices(values["precision_age"]) if choice[0] != AgePrecision.UNKNOWN]
            choices_offer(self, "age_precision", known)
        choices_offer(self, "forms", families)
        choices_offer(self, "main_form", [("", "Une seule forme est cochée"), *families])
        choices_offer(self, "current_place", territories)
        choices_offer(self, "exploitation_place", territories)
        self.tonight_offer()
        if "placement_order" in self.fields and (warning := frame_warning()):
            self.fields["placement_order"].help_text = f"Accueil de 72 heures : {warning}"
        self.extra_names = self._add_extra()
        self.sibling_count = self._sibling_count()
        for number in range(1, self.sibling_count + 1):
            self.fields |= sibling_fields(number, choices(values["sexe"]))

    def _add_extra(self) -> list[str]:
        """Add the fields of the network, never compulsory here: who looks for a bed does not have to answer."""
        fields = extra_form_fields(fields_on_screens(is_short=True), may_require=False)
        self.fields |= fields
        return list(fields)

    def takes(self, urgency: Value) -> bool:
        """Return whether this degree of urgency is offered."""
        return True

    def _sibling_count(self) -> int:
        text = str(self.data.get("siblings") or "")
        return min(int(text), MOST) if text.isdecimal() else 0

    def names_of(self, number: int) -> list[str]:
        names = super().names_of(number)
        if "sex" in names:
            names += [name for name in self.fields if name.startswith("sibling_")]
        if number == self.extra_screen:
            names += self.extra_names
        return names

    def clean_safe_until(self) -> dt.datetime | None:
        moment = self.cleaned_data["safe_until"]
        if moment and moment < timezone.now():
            raise ValidationError("Cette heure est déjà passée : indiquez jusqu’à quand le mineur est en sécurité.")
        return moment

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if len(self.partners) == 1:
            cleaned["requester"] = next(iter(self.partners))
        self._clean_main_form(cleaned)
        if cleaned.get("age") is None and not cleaned.get("birth_year"):
            cleaned["age_precision"] = AgePrecision.UNKNOWN
        return cleaned

    def _clean_main_form(self, cleaned: dict[str, Any]) -> None:
        ticked, main = cleaned.get("forms") or [], cleaned.get("main_form")
        if len(ticked) == 1 and not main:
            cleaned["main_form"] = ticked[0]
        elif ticked and not main:
            self.add_error("main_form", "Vous avez coché plusieurs formes : choisissez la principale.")
        elif ticked and main not in ticked:
            self.add_error("main_form", "La forme principale doit être l’une des formes cochées.")

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `NewSollicitation`, from a valid form."""
        data = self.cleaned_data
        return {
            "requester": self.partners[data["requester"]],
            "urgency_id": data["urgency"],
            "forms": data["forms"],
            "main_form": data["main_form"],
            "age": data["age"],
            "facts": self.facts(),
            "detail": {name: data[name] for name in ("callback_name", "callback_phone", "narrative")},
            "current_place_id": data["current_place"] or None,
            "safe_until": data["safe_until"],
            "rights_told": bool(data.get("rights_told")),
            "tonight": self.tonight_given(),
            "idempotency_key": data["key"],
            "extra": extra_given(data),
        }

    def siblings_given(self) -> list[Sibling]:
        data = self.cleaned_data
        return [
            Sibling(sex_id=data[f"sibling_{number}_sex"], age=data[f"sibling_{number}_age"])
            for number in range(1, self.sibling_count + 1)
        ]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "sex_id": data["sex"],
            "age_precision_id": data.get("age_precision") or AgePrecision.ESTIMATED,
            "exploitation_place_id": data["exploitation_place"] or None,
        }

    def remarks(self) -> list[str]:
        """List what is unusual without being wrong. It is said before sending, and received all the same."""
        ages = [self[name].data for name in self.fields if name == "age" or name.endswith("_age")]
        remarks = []
        if any(str(age).isdecimal() and int(age) >= MAJORITY for age in ages):
            remarks.append(
                f"Vous indiquez {MAJORITY} ans ou plus. La demande est reçue et comptée à part. Si l’âge est "
                "incertain, dites-le dans le récit : le doute profite au mineur."
            )
        if not self["current_place"].data:
            remarks.append("Le lieu où se trouve le mineur n’est pas précisé : la coordination vous le demandera.")
        return remarks


class WorryForm(RequestForm):
    """A school or a helpline passes on a worry: it asks for advice, and decides of no placement."""

    parquet_told = None  # type: ignore[assignment]  # Django takes the field away
    placement_order = None  # type: ignore[assignment]


class ForcesRequestForm(RequestForm):
    """Police and gendarmerie: an age said at night is an estimate, and foreign victims have a right to be told."""

    screens = (
        RequestForm.screens[0],
        Screen("Le mineur", ("sex", "age", "current_place", "safe_until", *MINOR), NO_NAME),
        Screen("Le danger", ("forms", "main_form", "exploitation_place", *DANGER, "narrative", "rights_told")),
    )
    age_precision = None  # type: ignore[assignment]  # Django takes the field away
    rights_told = BooleanField(
        label="Victime étrangère : l’information sur ses droits lui a été remise",
        required=False,
        help_text="Article R425-1 du CESEDA, dans une langue que le mineur comprend. Sans objet s’il est français.",
    )


class UnverifiedRequestForm(ForcesRequestForm):
    """The same, for a unit without an account: its name comes first, since its switchboard will be called."""

    screens = (
        Screen("Vous", ("unit", "unit_type", "callback_name", "callback_phone", "urgency")),
        *ForcesRequestForm.screens[1:],
    )
    unit = CharField(
        label="Votre unité",
        max_length=120,
        help_text="Nom complet et ville. La coordination vous rappelle par le standard de cette unité.",
        error_messages=needed("Indiquez votre unité."),
    )
    unit_type = ChoiceField(label="Type d’unité", error_messages=needed("Choisissez le type d’unité."))

    def _add_extra(self) -> list[str]:
        """Add nothing for a sender without an account."""
        return []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces = [value for value in values_by_list("acteur")["acteur"] if value.extra.get("family") in FORCES]
        choices_offer(self, "unit_type", [("", "Choisir…"), *choices(forces)])

    def takes(self, urgency: Value) -> bool:
        """Return whether this urgency promises a delay: otherwise there is time to ask for an account."""
        return bool(urgency.extra.get("answer_within_minutes"))

    def sent(self) -> dict[str, Any]:
        """Return the arguments of `unverified_send`, from a valid form."""
        data = self.cleaned_data
        answers = {
            **self.facts(),
            "forms": data["forms"],
            "main_form": data["main_form"],
            "age": data["age"],
            "current_place_id": data["current_place"] or None,
            "safe_until": data["safe_until"] and data["safe_until"].isoformat(),
            "rights_told": data["rights_told"],
            "tonight": self.tonight_given(),
            "siblings": [asdict(sibling) for sibling in self.siblings_given()],
        }
        return {
            "key": data["key"],
            "unit_type_id": data["unit_type"],
            "urgency_id": data["urgency"],
            "words": {name: data[name] for name in ("unit", "callback_name", "callback_phone", "narrative")},
            "answers": answers,
        }


def sibling_fields(number: int, sexes: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields asked of each brother or sister; the others are shared."""
    rank = f"Frère ou sœur {number}"
    return {
        f"sibling_{number}_sex": ChoiceField(
            label=f"{rank} : sexe", widget=RadioSelect, choices=sexes, error_messages=needed("Choisissez.")
        ),
        f"sibling_{number}_age": IntegerField(label=f"{rank} : âge", required=False, min_value=0, max_value=25),
    }


class CompleteRequestForm(RequestForm):
    """The same request in stages, with what an educational service knows besides, read again before it is sent."""

    screens = (
        RequestForm.screens[0],
        Screen(
            "Le mineur",
            ("sex", "birth_year", "birth_month", "age", "age_precision", "current_place", "safe_until", *MINOR),
            NO_NAME,
        ),
        RequestForm.screens[2],
        Screen("Son parcours", ("origin", "nationality_zone", "is_unaccompanied", "prior_follow_up", "detected_by")),
        Screen("Vérifier et envoyer", ()),
    )
    extra_screen = 4
    birth_year = IntegerField(label="Année de naissance", required=False, min_value=1990, max_value=2100)
    birth_month = IntegerField(
        label="Mois de naissance", required=False, min_value=1, max_value=12, help_text="En chiffres, de 1 à 12."
    )

    origin = ChoiceField(label="Département d’origine", required=False)
    nationality_zone = ChoiceField(label="Zone de nationalité", required=False)
    is_unaccompanied = NullBooleanField(
        label="Mineur non accompagné",
        required=False,
        widget=Select(choices=[("", "Inconnu"), ("true", "Oui"), ("false", "Non")]),
    )
    prior_follow_up = ChoiceField(label="Suivi antérieur", required=False)
    detected_by = ChoiceField(label="Qui a repéré la situation, si ce n’est pas vous", required=False)

    def _add_extra(self) -> list[str]:
        fields = extra_form_fields(fields_on_screens(is_short=False), may_require=True)
        self.fields |= fields
        return list(fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_by_list("zone_nationalite", "suivi_anterieur", "acteur")
        choices_offer(self, "origin", [*UNKNOWN, *territory_choices()])
        choices_offer(self, "nationality_zone", [*UNKNOWN, *choices(values["zone_nationalite"])])
        choices_offer(self, "prior_follow_up", [*UNKNOWN, *choices(values["suivi_anterieur"])])
        choices_offer(self, "detected_by", [("", "Notre service"), *choices(values["acteur"])])

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"detected_by_id": self.cleaned_data["detected_by"] or None}

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return super().facts() | {
            "birth_year": data["birth_year"],
            "birth_month": data["birth_month"],
            "origin_id": data["origin"] or None,
            "nationality_zone_id": data["nationality_zone"] or None,
            "is_unaccompanied": data["is_unaccompanied"],
            "prior_follow_up_id": data["prior_follow_up"] or None,
        }


def request_form_class(partners: Iterable[Partner]) -> type[RequestForm]:
    """Return what is asked of whoever speaks for these services."""
    families = {partner.requester_type and partner.requester_type.extra.get("family") for partner in partners}
    if not scope.current().has_role(Role.REQUESTER):
        return WorryForm
    if families <= FORCES:
        return ForcesRequestForm
    return RequestForm if families <= SHORT else CompleteRequestForm


def _urgency(value: Value) -> str:
    """Return the degree, with the delay of the answer when its name does not say it."""
    delay = promise_words(value)
    if not delay:
        return f"{value.label} : réponse à la date convenue"
    return value.label if delay in value.label else f"{value.label} : réponse sous {delay}"
