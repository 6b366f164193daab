"""States of a visit and their transitions. The trigger `visit_guard` holds the same table; a test compares both."""

from referentiel.enums import About, VisitState

NEXT: dict[str, frozenset[str]] = {
    VisitState.DRAFT: frozenset({VisitState.SENT, VisitState.CANCELLED}),
    VisitState.SENT: frozenset({VisitState.ANSWERED, VisitState.UNANSWERED, VisitState.CANCELLED}),
    # After its deadline, a structure may still answer on what stays open: imperative exigences.
    VisitState.UNANSWERED: frozenset({VisitState.ANSWERED, VisitState.CLOSED}),
    VisitState.ANSWERED: frozenset({VisitState.CLOSED}),
    VisitState.CLOSED: frozenset(),
    VisitState.CANCELLED: frozenset(),
}

OPEN = tuple(state for state, following in NEXT.items() if following)
"""A structure has one visit in these states at most."""
TO_OBSERVE = (VisitState.SENT, VisitState.UNANSWERED)
"""The structure may write its observations."""
TO_DECIDE = (VisitState.ANSWERED, VisitState.UNANSWERED)
"""The coordination decides, exigence by exigence."""


def may_follow(before: str, after: str) -> bool:
    return after in NEXT[before]


def kind_of(about: About) -> str:
    return f"standards_{about.value}"
