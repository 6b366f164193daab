"""Planning many sessions at once, as another software keeps them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.users.models import User
from formation.sessions.models.sessions import Session
from formation.sessions.services.sessions import SessionFacts, session_plan

MOST = 100
"""Sessions of one sending: a year of a trainer holds in it."""


@transaction.atomic
def sessions_import(lines: Sequence[SessionFacts], *, by: User) -> tuple[list[Session], dict[int, ValidationError]]:
    """Plan each line in its own savepoint, so that each says what is wrong; return sessions, and refusals by rank.

    Sessions with a refusal beside them are not to be kept: half a sending could not be sent again.
    """
    planned, refused = [], {}
    for rank, facts in enumerate(lines):
        try:
            with transaction.atomic():
                planned.append(session_plan(facts, planned_by=by))
        except ValidationError as error:
            refused[rank] = error
    return planned, refused
