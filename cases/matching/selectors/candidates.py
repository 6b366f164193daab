"""The answer of a search: structures in their rank, each with why."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils import timezone

from cases.matching.models import MatchingRules
from cases.matching.rules import Rules
from cases.matching.selectors.search import Search
from cases.matching.selectors.statement import rows_of, statement

PROTECTS = ("away", "suspended", "imperative")
"""Exclusions that cannot be set aside from a search; an imperative exigence needs a derogation by two people, in the
référentiel.
"""


@dataclass(frozen=True)
class Candidate:
    """One structure before one search. Distances in kilometres as the crow flies, between chief points of
    départements.
    """

    partner_id: uuid.UUID
    code_name: str
    territory: str
    territory_name: str
    excluded: tuple[str, ...]
    tier: int
    score: int
    away_code: str | None
    away_reason: str | None
    away_km: int | None
    away_radius: int | None
    is_same: bool
    is_adjacent: bool
    is_avoided: bool
    is_overseas: bool
    travel_km: int | None
    bound_until: dt.date | None
    suspended_until: dt.date | None
    age_min: int | None
    age_max: int | None
    is_form_chosen: bool
    containment: int | None
    is_habilitated: bool | None
    contraindications: tuple[str, ...]
    languages: tuple[str, ...]
    takes_at_night: bool | None
    takes_siblings: bool | None
    has_psychologist: bool | None
    admission_days: int | None
    opened: int
    used: int
    held: int
    blocked: int
    free: int
    confirmed_at: dt.datetime | None
    signed_at: dt.datetime | None
    trained_on: dt.date | None
    answered_at: dt.datetime | None
    refusal_reason: str | None
    recent: int
    failing: tuple[str, ...] = ()
    """Imperative exigences confirmed below 3: « E1.3:2 ». Searches kept before the rule know of none."""

    @property
    def is_eligible(self) -> bool:
        return not self.excluded

    @property
    def is_protective(self) -> bool:
        """Excluded for the safety of the minor: no reason may set this aside."""
        return any(code in PROTECTS for code in self.excluded)

    @property
    def is_already_asked(self) -> bool:
        """It has the sheet, and nothing else keeps it out: the place that it lacks may be held for this minor."""
        return bool({"asked", "answered"} & {*self.excluded}) and {"asked", "answered", "place"} >= {*self.excluded}

    @property
    def is_only_late(self) -> bool:
        """Nothing but its admission delay keeps it out: it may take the minor in afterwards."""
        return self.excluded == ("delay",)

    def as_data(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Candidate":
        """Return a candidate stored with an orientation."""
        moments = {
            name: dt.datetime.fromisoformat(data[name]) if data[name] else None
            for name in ("confirmed_at", "signed_at", "answered_at")
        }
        days = {
            name: dt.date.fromisoformat(data[name]) if data[name] else None
            for name in ("bound_until", "suspended_until", "trained_on")
        }
        lists = {name: tuple(data.get(name, ())) for name in ("excluded", "contraindications", "languages", "failing")}
        return cls(**{**data, **moments, **days, **lists, "partner_id": uuid.UUID(data["partner_id"])})


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID | dt.date):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    return list(value) if isinstance(value, tuple) else value


NAMES = tuple(item.name for item in fields(Candidate))


def candidates_for(search: Search, rules: Rules | None = None, *, only_eligible: bool = False) -> list[Candidate]:
    """Rank the structures of the address book, the excluded ones last, with their reasons, under the actor's scope."""
    built = statement(search, rules or rules_in_force().rules, only_eligible=only_eligible)
    return [_candidate(row) for row in rows_of(built)]


def _candidate(row: dict[str, Any]) -> Candidate:
    read = {name: row[name] for name in NAMES}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    return Candidate(**values)


@dataclass(frozen=True)
class RulesVersion:
    """Rules with their number: 0 is what the code says before any change."""

    number: int
    rules: Rules


def rules_in_force(at: dt.datetime | None = None) -> RulesVersion:
    row = MatchingRules.objects.filter(changed_at__lte=at or timezone.now()).order_by("-number").first()
    return RulesVersion(row.number, Rules.from_data(row.rules)) if row else RulesVersion(0, Rules())


def rules_of_version(number: int) -> Rules:
    """Return the rules of a stored search."""
    row = MatchingRules.objects.filter(pk=number).first()
    return Rules.from_data(row.rules) if row else Rules()
