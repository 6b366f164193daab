"""Words of the figures: labels of values, territories and age brackets, read once for a whole report."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, CharField, DateField, Expression, F, Q, Value as Literal, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncMonth

from cms.territory.enums import Zone
from cms.territory.models import Territory
from cms.values.models import Value
from dashboards.periods import MONTHS

UNKNOWN = "Non renseigné"
COM = "COM"
"""Stands for a région in breakdowns: overseas collectivities belong to none."""


@dataclass(frozen=True)
class Bracket:
    key: str
    label: str
    youngest: int
    oldest: int


@dataclass(frozen=True)
class Lexicon:
    labels: dict[str, str]
    brackets: tuple[Bracket, ...]
    territories: dict[str, Territory]
    regions: dict[str, str]

    @classmethod
    def read(cls) -> "Lexicon":
        values = list(Value.objects.order_by("list_id", "position"))
        territories = {territory.code: territory for territory in Territory.objects.select_related("region")}
        regions = {place.region.code: place.region.name for place in territories.values() if place.region}
        return cls(
            labels={value.id: value.label for value in values},
            brackets=tuple(
                Bracket(value.id, value.label, value.extra["min_age"], value.extra["max_age"])
                for value in values
                if value.list_id == "tranche_age"
            ),
            territories=territories,
            regions={**dict(sorted(regions.items(), key=lambda item: item[1])), COM: "Collectivités d’outre-mer"},
        )

    def bracket_of(self, field: str) -> Case:
        """SQL: the age bracket of a column of ages in whole years, NULL when the age is unknown."""
        return Case(
            *(
                When(Q(**{f"{field}__range": (bracket.youngest, bracket.oldest)}), then=Literal(bracket.key))
                for bracket in self.brackets
            ),
            default=None,
            output_field=CharField(),
        )

    def places(self, zone: Zone) -> list[Territory]:
        return [place for place in self.territories.values() if place.zone == zone]


def region_of(path: str) -> Case:
    """SQL: the région of a territory, `COM` for an overseas collectivity, NULL when the territory is unknown."""
    return Case(
        When(Q(**{f"{path}__isnull": True}), then=None),
        default=Coalesce(F(f"{path}__region_id"), Literal(COM)),
        output_field=CharField(),
    )


def month_of(field: str) -> Cast:
    """SQL: first day of the month of a civil day."""
    return Cast(TruncMonth(field), DateField())


def month_label(month: dt.date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def text(value: str) -> Expression:
    return Literal(value, output_field=CharField())


def extra(path: str, key: str) -> KeyTextTransform:
    """SQL: a detail of a value of a list, as text (`extra("urgency__extra", "answer_within_minutes")`)."""
    return KeyTextTransform(key, path)
