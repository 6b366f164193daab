"""Words of the figures: labels of values, territories and age brackets, read once for a whole report."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    Func,
    Q,
    Value as Literal,
    When,
)
from django.db.models.functions import Coalesce

from cms.territory.enums import Zone
from cms.territory.models import Territory
from cms.values.models import Value
from dashboards.periods import MONTHS, Period, month_end
from formation.models import Session

UNKNOWN = "Non renseigné"
COM = "COM"
"""Stands for a région in breakdowns: overseas collectivities belong to none."""


MODULE = "module:"
"""Before the code of a module, among the labels: its title is that of its latest session."""
FORMS, PRECISE = "forme", "precise:"
"""The list of forms of exploitation; before the key of one, the label that it has among the precise forms."""


Scale = tuple[tuple[str, str, dt.timedelta], ...]
"""Classes of a delay, the shortest first: key, label, limit. The last one is what is beyond the others."""
IN_HOURS: Scale = (
    ("hour", "Une heure au plus", dt.timedelta(hours=1)),
    ("day", "Un jour au plus", dt.timedelta(days=1)),
    ("three_days", "Trois jours au plus", dt.timedelta(days=3)),
    ("more", "Plus de trois jours", dt.timedelta.max),
)
IN_DAYS: Scale = (
    ("day", "Un jour au plus", dt.timedelta(days=1)),
    ("week", "Une semaine au plus", dt.timedelta(days=7)),
    ("month", "Trente jours au plus", dt.timedelta(days=30)),
    ("more", "Plus de trente jours", dt.timedelta.max),
)


class ColumnKey(ExpressionWrapper):
    """A key that depends on one column, by a mapping read beforehand: the région of a place, the family of a service.

    Lists and filters read the expression. Counts are read by the column (`path`), whose keys are then added up: the
    database neither joins nor chooses anything for each row.
    """

    def __init__(self, expression: Expression | F, path: str, keys: Mapping[Any, Any]) -> None:
        super().__init__(expression, output_field=CharField())
        self.path, self.keys = path, keys


@dataclass(frozen=True)
class Bracket:
    key: str
    label: str
    youngest: int
    oldest: int


@dataclass(frozen=True)
class Lexicon:
    labels: dict[str, str]
    extras: dict[str, dict[str, Any]]
    brackets: tuple[Bracket, ...]
    territories: dict[str, Territory]
    regions: dict[str, str]
    purposes: dict[str, str]
    """Of each form of exploitation, itself or the one that it specifies."""

    @classmethod
    def read(cls) -> "Lexicon":
        values = list(Value.objects.order_by("list_id", "position"))
        territories = {territory.code: territory for territory in Territory.objects.select_related("region")}
        regions = {place.region.code: place.region.name for place in territories.values() if place.region}
        latest = Session.objects.real().order_by("module_code", "-starts_on", "-pk").distinct("module_code")
        titles = {f"{MODULE}{code}": f"{code} – {title}" for code, title in latest.values_list("module_code", "title")}
        forms = [value for value in values if value.list_id == FORMS]
        precise = {
            f"{PRECISE}{form.id}": form.label if form.parent_id else f"{form.label}, sans précision" for form in forms
        }
        return cls(
            labels={value.id: value.label for value in values} | titles | precise,
            extras={value.id: value.extra for value in values if value.extra},
            brackets=tuple(
                Bracket(value.id, value.label, value.extra["min_age"], value.extra["max_age"])
                for value in values
                if value.list_id == "tranche_age"
            ),
            territories=territories,
            regions={**dict(sorted(regions.items(), key=lambda item: item[1])), COM: "Collectivités d’outre-mer"},
            purposes={form.id: form.parent_id or form.id for form in forms},
        )

    def bracket_of(self, field: str) -> ColumnKey:
        """Return the SQL of the age bracket of a column of ages in whole years, NULL when the age is unknown."""
        brackets = Case(
            *(
                When(Q(**{f"{field}__range": (bracket.youngest, bracket.oldest)}), then=Literal(bracket.key))
                for bracket in self.brackets
            ),
            default=None,
            output_field=CharField(),
        )
        ages = {age: item.key for item in self.brackets for age in range(item.youngest, item.oldest + 1)}
        return ColumnKey(brackets, field, ages)

    def detail_key_of(self, field: str, name: str) -> ColumnKey:
        """Return the SQL of a detail of the value that a column holds, as text, to count by."""
        details = {key: _as_text(extra[name]) for key, extra in self.extras.items() if extra.get(name) is not None}
        return ColumnKey(self.detail_of(field, name), field, details)

    def purpose_of(self, path: str) -> ColumnKey:
        """Return the SQL of the purpose of a form of exploitation: itself, or the one that it specifies."""
        return ColumnKey(Coalesce(f"{path}__parent_id", f"{path}_id"), f"{path}_id", self.purposes)

    def form_of(self, path: str) -> ColumnKey:
        """Return the SQL of a form of exploitation as it was written, counted with its purpose."""
        return ColumnKey(F(f"{path}_id"), f"{path}_id", {form: form for form in self.purposes})

    def region_of(self, path: str) -> ColumnKey:
        """Return the SQL of the région of a territory, as `region_of` says it, to count by."""
        return ColumnKey(
            region_of(path), f"{path}_id", {code: _region(place) for code, place in self.territories.items()}
        )

    def zone_of(self, path: str) -> ColumnKey:
        """Return the SQL of whether a territory is in metropolitan France or overseas."""
        return ColumnKey(
            F(f"{path}__zone"), f"{path}_id", {code: place.zone for code, place in self.territories.items()}
        )

    def place_of(self, path: str) -> ColumnKey:
        """Return the SQL of a territory itself, counted with its région and its zone."""
        return ColumnKey(F(f"{path}_id"), f"{path}_id", {code: code for code in self.territories})

    def facts_of(self, path: str) -> dict[str, Expression | F]:
        """Return the SQL of the cuts on the facts of a minor, in a sollicitation (`path` empty) or in a case."""
        place, origin = f"{path}exploitation_place", f"{path}origin"
        return {
            "by_territory": self.place_of(place),
            "by_region": self.region_of(place),
            "by_zone": self.zone_of(place),
            "by_origin": self.place_of(origin),
            "by_origin_region": self.region_of(origin),
            "by_sex": F(f"{path}sex_id"),
            "by_nationality": F(f"{path}nationality_zone_id"),
            "by_unaccompanied": _yes_or_no(f"{path}is_unaccompanied"),
            "by_prior": F(f"{path}prior_follow_up_id"),
        }

    def detail_of(self, field: str, name: str, output: Field | None = None) -> Case:
        """Return the SQL of a detail of the value that a column holds: `("urgency_id", "answer_within_minutes")`.

        As text, unless `output` says otherwise; NULL for a value without it. Every reader of the queryset would pay
        for a join, even those who look at something else.
        """
        keys_by_detail: dict[Any, list[str]] = {}
        for key, extra in self.extras.items():
            if (value := extra.get(name)) is not None:
                keys_by_detail.setdefault(_as_text(value), []).append(key)
        output = output or CharField()
        whens = (
            When(Q(**{f"{field}__in": keys}), then=Literal(value, output_field=output))
            for value, keys in keys_by_detail.items()
        )
        return Case(*whens, default=None, output_field=output)

    def in_order(self, values: Iterable[str]) -> list[str]:
        """Sort the values of a list by their words, once each."""
        return sorted(set(values), key=lambda value: (self.labels[value], value))

    def places(self, zone: Zone) -> list[Territory]:
        return [place for place in self.territories.values() if place.zone == zone]


def region_of(path: str) -> Case:
    """Return the SQL of the région of a territory: `COM` for an overseas collectivity, NULL when it is unknown."""
    return Case(
        When(Q(**{f"{path}__isnull": True}), then=None),
        default=Coalesce(F(f"{path}__region_id"), Literal(COM)),
        output_field=CharField(),
    )


def month_of(field: str) -> Func:
    """Return the SQL of the first day of the month of a civil day. The cast avoids a time zone, whose lookup costs as
    much as the rest.
    """
    return Func(F(field), template="date_trunc('month', %(expressions)s::timestamp)::date", output_field=DateField())


def month_label(month: dt.date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def month_words(month: dt.date, period: Period) -> str:
    """Return the name of a month; of one that is not whole in the period, also the days that are counted."""
    first, last = period.part_of(month)
    days = [f"du {first.day}"] if first > month else []
    days += [f"{'au' if days else 'jusqu’au'} {last.day}"] if last < month_end(month) else []
    if days == [f"du {first.day}"]:
        days = [f"à partir du {first.day}"]
    return f"{month_label(month)} ({' '.join(days)})" if days else month_label(month)


def is_partial(month: dt.date, period: Period) -> bool:
    return period.part_of(month) != (month, month_end(month))


def _yes_or_no(field: str) -> ColumnKey:
    words = {True: "yes", False: "no"}
    return ColumnKey(Case(*(When(Q(**{field: key}), then=text(word)) for key, word in words.items())), field, words)


def _region(place: Territory) -> str:
    return place.region_id or COM


def _as_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def class_of(delay: str, scale: Scale) -> Case:
    """Return the SQL of the class of a delay, the first limit that it does not pass; NULL without a delay."""
    *limited, (beyond, *_) = scale
    return Case(
        When(Q(**{f"{delay}__isnull": True}), then=None),
        *(When(Q(**{f"{delay}__lte": limit}), then=text(key)) for key, _, limit in limited),
        default=text(beyond),
        output_field=CharField(),
    )


def text(value: str) -> Expression:
    return Literal(value, output_field=CharField())
