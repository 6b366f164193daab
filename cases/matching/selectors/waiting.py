"""Requests that wait without a place, matched again when a structure that fits frees one or says that it has one."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from cases.files.models import CaseForm
from cases.files.protection.models import CaseLanguage, CaseNeed
from cases.matching.models import MatchingRules, PlaceConfirmation
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import candidates_for
from cases.matching.selectors.search import SearchFacts, search_for
from cases.proposals.unmet.models import UnmetNeed
from cases.stays.models import Placement

SEARCHED = 5
"""Requests matched again each time that the home is shown, those that wait longest first."""
ANSWERED = {"answered", "refused"}
"""Exclusions lifted here: what a structure answered before it had a place."""


@dataclass(frozen=True)
class Opening:
    """A request that waits, and the structures that fit and opened a place since."""

    need: UnmetNeed
    names: tuple[str, ...]


def openings() -> tuple[list[Opening], list[UnmetNeed]]:
    """Return the requests for which a place opened, and those left to search by hand, for the coordination.

    A request is searched again only once a structure freed or confirmed a place, `SEARCHED` at most. One query, and
    one a search.
    """
    waiting: list[Any] = list(_waiting())
    moved = [need for need in waiting if need.confirmed or need.freed]
    results = []
    for need in moved[:SEARCHED]:
        opened = {*need.confirmed, *need.freed}
        facts = SearchFacts(
            tuple(sorted({*need.forms, *filter(None, need.parents)})),
            tuple(sorted(need.needs)),
            tuple(sorted(need.languages)),
        )
        rules = Rules.from_data(need.rules) if need.rules is not None else Rules()
        fitting = [
            row.code_name
            for row in candidates_for(search_for(need.sollicitation, facts=facts), rules)
            if row.partner_id in opened and row.free > 0 and set(row.excluded) <= ANSWERED
        ]
        if fitting:
            results.append(Opening(need, tuple(fitting)))
    return results, moved[SEARCHED:]


def _waiting() -> QuerySet[UnmetNeed]:
    """List requests that wait, with their facts, the rules of today, and the structures with a place since.

    A place counts when it was confirmed or freed after the need was noted.
    """
    case = OuterRef("sollicitation__case")
    confirmations = PlaceConfirmation.objects.filter(confirmed_at__gt=OuterRef("noted_at"), free__gt=0)
    departures = Placement.objects.filter(ended_on__gte=OuterRef("noted_at__date"))
    return (
        UnmetNeed.objects.waiting()
        .filter(sollicitation__is_test=False, sollicitation__case__closed_on=None)
        .select_related("sollicitation__urgency", "sollicitation__current_place", "sollicitation__case__containment")
        .select_related("sollicitation__case__exploitation_place", "sollicitation__case__origin")
        .annotate(
            confirmed=ArraySubquery(confirmations.order_by().values("partner_id").distinct()),
            freed=ArraySubquery(departures.order_by().values("partner_id").distinct()),
            forms=ArraySubquery(CaseForm.objects.filter(case=case).order_by().values("form_id")),
            parents=ArraySubquery(CaseForm.objects.filter(case=case).order_by().values("form__parent_id")),
            needs=ArraySubquery(CaseNeed.objects.filter(case=case).order_by().values("need__code")),
            languages=ArraySubquery(CaseLanguage.objects.filter(case=case).order_by().values("language_id")),
            rules=Subquery(MatchingRules.objects.order_by("-number").values("rules")[:1]),
        )
        .order_by("noted_at", "pk")
    )
