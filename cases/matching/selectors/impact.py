"""What a change of the rules would do, before it is saved: who would drop out, who would come in."""

from dataclasses import dataclass

from cases.enums import SollicitationState
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import candidates_for
from cases.matching.selectors.search import search_for
from cases.requests.models import Sollicitation

SEARCHED = 50
"""Requests on which a change is tried: the latest that wait for a structure."""


@dataclass(frozen=True)
class RulesImpact:
    """One request that waits, and what the change does to its list. Names of structures, in their rank."""

    sollicitation: Sollicitation
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    first_before: str
    first_after: str

    @property
    def is_changed(self) -> bool:
        return bool(self.lost or self.gained or self.first_before != self.first_after)


def rules_impact(before: Rules, after: Rules) -> list[RulesImpact]:
    """Try a change of rules on the requests that wait; return those whose list it changes."""
    waiting = Sollicitation.objects.real().open().filter(case__isnull=False, case__closed_on=None)
    waiting = waiting.exclude(state=SollicitationState.RECEIVED).select_related(
        "case", "case__containment", "urgency", "current_place", "case__exploitation_place", "case__origin"
    )
    impacts = [_impact(row, before, after) for row in waiting.order_by("-received_at")[:SEARCHED]]
    return [impact for impact in impacts if impact.is_changed]


def _impact(sollicitation: Sollicitation, before: Rules, after: Rules) -> RulesImpact:
    search = search_for(sollicitation)
    old = [row.code_name for row in candidates_for(search, before, only_eligible=True)]
    new = [row.code_name for row in candidates_for(search, after, only_eligible=True)]
    return RulesImpact(
        sollicitation,
        lost=tuple(name for name in old if name not in new),
        gained=tuple(name for name in new if name not in old),
        first_before=old[0] if old else "",
        first_after=new[0] if new else "",
    )
