"""The rules of matching, as data: what excludes a structure, and what each quality weighs in the ranking."""

from collections.abc import Iterator
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from cases.matching.enums import Failing, Overseas, Weight


def choice(label: str, default: models.TextChoices, help: str = "") -> Any:
    return field(default=default.value, metadata={"label": label, "choices": type(default), "help": help})


def number(label: str, default: int, unit: str = "points", most: int = 100, least: int = 0, help: str = "") -> Any:
    meta = {"label": label, "unit": unit, "least": least, "most": most, "help": help}
    return field(default=default, metadata=meta)


@dataclass(frozen=True)
class Rules:
    """One version of the rules. A field is a choice, or a number with its unit and bounds.

    What protects is not among them: a suspended structure, one without a convention or without a free place, one in
    or near a forbidden département is excluded whatever these say. `imperative` is, so that a network may begin its
    visits before they count.
    """

    signature: str = choice("Signature du référentiel en vigueur", Weight.COUNTS)
    training: str = choice("Équipe formée", Weight.COUNTS, "Au moins une personne, dans le délai de recyclage.")
    siblings: str = choice("Accueil de fratries, pour une fratrie", Weight.COUNTS)
    habilitation: str = choice(
        "Habilitation qui répond au cadre juridique", Weight.REQUIRED, "PJJ pour une mesure de la PJJ, ASE sinon."
    )
    night: str = choice("Accueil de nuit, pour un danger immédiat ou une nuit", Weight.REQUIRED)
    delay: str = choice(
        "Admission dans le délai de l’urgence",
        Weight.REQUIRED,
        "Le délai promis pour un lieu. Un délai d’admission inconnu n’écarte personne : il se vérifie au téléphone.",
    )
    overseas: str = choice("Structure au-delà d’une mer", Overseas.LAST)
    imperative: str = choice(
        "Exigence impérative confirmée sous 3",
        Failing.EXCLUDES,
        "Confirmée par la coordination, sans dérogation en cours. Une auto-évaluation n’écarte personne.",
    )
    refused_days: int = number(
        "Ne pas redemander à une structure qui a refusé ce mineur", 30, "jours", 365, help="0 : redemander aussitôt."
    )
    fresh_hours: int = number(
        "Places confirmées depuis moins de", 72, "heures", 720, 1, help="Au-delà, la structure passe après les autres."
    )
    fair_days: int = number("Partage équitable : arrivées comptées sur", 90, "jours", 730, 1)
    signature_points: int = number("Référentiel signé", 10)
    training_points: int = number("Équipe formée", 15)
    siblings_points: int = number("Accueille les fratries", 20)
    habilitation_points: int = number("Habilitation qui convient", 10)
    night_points: int = number("Accueille la nuit", 10)
    language_points: int = number("Parle une langue du mineur", 20)
    form_points: int = number("A choisi cette forme d’exploitation", 15)
    containment_points: int = number("Niveau de contenance exact", 10)
    psychologist_points: int = number("Psychologue, pour un trouble psychique", 10)
    delay_points: int = number("Admet dans le délai de l’urgence, délai connu", 10)
    place_points: int = number("Chaque place libre, trois au plus", 3, most=30)
    far_points: int = number(
        "Chaque centaine de kilomètres d’éloignement, dix au plus",
        60,
        help="L’éloignement protège : à 60, aucun mélange des autres qualités ne rattrape 300 km.",
    )
    avoided_points: int = number("Retirés près d’un lieu à éviter", 100)
    travel_points: int = number("Retirés par centaine de kilomètres de route à faire, dix au plus", 1, most=30)

    def __post_init__(self) -> None:
        wrong = {}
        for item in fields(self):
            if refusal := _refusal(item, getattr(self, item.name)):
                wrong[item.name] = refusal
        if wrong:
            raise ValidationError(wrong)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Rules":
        """Return the rules of a stored version.

        A field that it does not hold takes its default; one that no longer exists is left out.
        """
        known = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def _refusal(item: "Field[Any]", value: Any) -> str:
    if choices := item.metadata.get("choices"):
        return "" if value in choices.values else "Choisissez une ligne de la liste."
    if type(value) is not int:
        return "Écrivez un nombre entier."
    least, most = item.metadata["least"], item.metadata["most"]
    return "" if least <= value <= most else f"Écrivez un nombre de {least} à {most}."


def rule_fields() -> "Iterator[Field[Any]]":
    """List the fields of the rules, in the order of the screen."""
    yield from fields(Rules)
