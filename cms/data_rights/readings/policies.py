"""What stays open to an account that is slowed or stopped: nobody is cut from a child in danger."""

from fnmatch import fnmatchcase
from uuid import UUID

from cms.users.roles import Role
from cms.wall import scope

OPEN = (
    # Signing in and out, one's own account.
    "account_*",
    "mfa_*",
    "proconnect:*",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "portal:account",
    "portal:session*",
    "portal:draft_*",
    "portal:token_end",
    # What waits for an answer, and what rings.
    "portal:home",
    "inbox:*",
    "havre_inbox:*",
    "notify:*",
    "oncall:*",
    "partners_partner:oncall",
    "havre_rota:*",
    "havre_call",
    "havre_queue",
    "havre_ring_strip",
    "cases_sollicitation:take",
    # A child who needs a place: asking for it, answering.
    "cases:request_new",
    "cases:unverified_*",
    "cases:proposals",
    "cases:proposal",
    "cases:proposal_*",
    "cases_orientation:proposal_*",
    # A child in danger: saying so, taking it in charge.
    "cases:incident_new",
    "cases:incident_outside",
    "cases:incident_receipt",
    "havre_incident_call",
    "cases_incident:acknowledge",
    "cases:stay_absence",
    "cases:stay_return",
    "cases:stay_runaway_return",
)
"""Names of routes. What is refused there is counted all the same."""
ADMIN_HOME = "admin/"
"""Its route has no name. It shows the ring."""


def is_always_open(name: str, route: str) -> bool:
    return route == ADMIN_HOME or any(fnmatchcase(name, kept) for kept in OPEN)


def can_lift(person_id: UUID) -> bool:
    """Return whether the actor may let this person read again: somebody of the direction, never oneself."""
    current = scope.current()
    return current.has_role(Role.DIRECTION) and current.user_id != person_id
