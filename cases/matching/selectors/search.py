"""The facts of one minor that the rules of matching read."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from cases.enums import Frame, Habilitation, Urgency
from cases.files.models import Case, CaseForm
from cases.files.protection.models import CaseLanguage, CaseNeed
from cases.files.rules import birth_of
from cases.requests.models import Sollicitation
from cases.requests.selectors import siblings_searched
from cms.territory.enums import Zone
from cms.values.settings import setting_value

NIGHT = (Urgency.DANGER, Urgency.NIGHT)
PJJ_FRAMES = "cadre_juridique:PJJ"
HABILITATIONS_PJJ = (Habilitation.PJJ, Habilitation.BOTH)
HABILITATIONS_ASE = (Habilitation.ASE, Habilitation.BOTH)
NO_FRAME = (None, Frame.NONE)
OF_THE_HOUR = ("case_id", "at", "siblings")
"""Fields of a search that are not stored with an orientation."""


@dataclass(frozen=True)
class Search:
    """Facts of a minor at the moment of the search. `None` and empty mean unknown, and exclude nobody."""

    case_id: uuid.UUID
    at: dt.datetime
    age: int | None = None
    sex: str | None = None
    forms: tuple[str, ...] = ()
    """Forms of exploitation with those they belong to."""
    containment: int | None = None
    """Rank of the level required in its list: 0 is the most secured."""
    needs: tuple[str, ...] = ()
    """Codes shared by the needs and by what structures cannot take in."""
    languages: tuple[str, ...] = ()
    habilitations: tuple[str, ...] = ()
    is_night: bool = False
    admission_days: int | None = None
    """Days within which the urgency promises a place; `None` when the date is to be agreed."""
    count: int = 1
    """Brothers and sisters of one group who still look for a place, this minor among them."""
    is_apart: bool = False
    """The brothers and sisters are separated on purpose: each is looked for alone."""
    siblings: tuple[uuid.UUID, ...] = ()
    """Their requests, when they go together: a place held for one of them is one of the places needed."""
    place: str | None = None
    """Territory where the minor is, from which the road is counted."""
    zone: str = Zone.METRO
    region: str | None = None
    exploitation: str | None = None
    away_km: int = 0
    """Radius around the place of exploitation, when the file tells none."""

    @property
    def together(self) -> int:
        """Minors that one structure must take in."""
        return 1 if self.is_apart else self.count

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)

    @classmethod
    def from_data(cls, data: dict[str, Any], *, case_id: uuid.UUID, at: dt.datetime) -> "Search":
        """Return the search stored with an orientation."""
        facts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(case_id=case_id, at=at, **facts)

    def as_data(self) -> dict[str, Any]:
        """Return what is stored with an orientation: codes alone."""
        facts: dict[str, Any] = {name: value for name, value in self.__dict__.items() if name not in OF_THE_HOUR}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}


@dataclass(frozen=True)
class SearchFacts:
    """Facts of a minor that stand in other rows: several requests are matched on facts read all at once."""

    forms: tuple[str, ...]
    needs: tuple[str, ...]
    languages: tuple[str, ...]


def facts_of(case: Case) -> SearchFacts:
    """Return the facts of a minor that stand in other rows, in one query."""
    own = OuterRef("pk")
    rows = Case.objects.filter(pk=case.pk).values_list(
        ArraySubquery(CaseForm.objects.filter(case=own).values("form_id")),
        ArraySubquery(CaseForm.objects.filter(case=own, form__parent__isnull=False).values("form__parent_id")),
        ArraySubquery(CaseNeed.objects.filter(case=own).values("need__code")),
        ArraySubquery(CaseLanguage.objects.filter(case=own).values("language_id")),
    )
    forms, parents, needs, languages = rows.get()
    return SearchFacts(tuple(sorted({*forms, *parents})), tuple(sorted(needs)), tuple(sorted(languages)))


def search_for(
    sollicitation: Sollicitation,
    at: dt.datetime | None = None,
    facts: SearchFacts | None = None,
    *,
    is_apart: bool = False,
) -> Search:
    """Return the search of a place for the minor of a sollicitation; `facts` when they were read already.

    `is_apart`: brothers and sisters are separated on purpose, the minor is looked for alone.

    Raises `ValueError` without a case.
    """
    case = sollicitation.case
    if case is None:
        raise ValueError("no case")
    at, facts = at or timezone.now(), facts or facts_of(case)
    place = sollicitation.current_place or case.exploitation_place or case.origin
    minutes = sollicitation.urgency.extra.get("place_within_minutes")
    siblings = tuple(siblings_searched(sollicitation).values_list("pk", flat=True))
    return Search(
        case_id=case.pk,
        at=at,
        age=_age(case, sollicitation, timezone.localdate(at)),
        sex=case.sex_id,
        forms=facts.forms,
        containment=case.containment.position if case.containment else None,
        needs=facts.needs,
        languages=facts.languages,
        habilitations=_habilitations(case.legal_frame_id),
        is_night=sollicitation.urgency_id in NIGHT,
        admission_days=None if minutes is None else minutes // (24 * 60),
        count=1 + len(siblings),
        is_apart=is_apart and bool(siblings),
        siblings=() if is_apart else siblings,
        place=sollicitation.current_place_id,
        zone=place.zone if place else Zone.METRO,
        region=place.region_id if place else None,
        exploitation=case.exploitation_place_id,
        away_km=setting_value("cases.away_km"),
    )


def _age(case: Case, sollicitation: Sollicitation, day: dt.date) -> int | None:
    birth = birth_of(case)
    return birth.age_on(day) if birth else sollicitation.age_at_reception


def _habilitations(frame: str | None) -> tuple[str, ...]:
    if frame in NO_FRAME:
        return ()
    return HABILITATIONS_PJJ if str(frame).startswith(PJJ_FRAMES) else HABILITATIONS_ASE
