"""Who may see a file, who opened it, who was refused: for the coordination, the direction and data protection."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from cases.models import Placement, Proposal
from cms.access import scope
from cms.access.models import Grant, Reveal
from cms.journal.models import JournalLine
from cms.journal.selectors import Trace, journal_about
from cms.users.roles import Role

LONGEST = 1000
"""Lines that the coordination reads of one file; the direction and data protection read them all."""


def case_of_reference(reference: str) -> uuid.UUID | None:
    """Id of a case, for who checks accesses without seeing files; None when unknown or when the actor may not ask."""
    return _ask("SELECT case_of_reference(%s)", reference)


def case_reference(case_id: uuid.UUID) -> str:
    """Reference of a case, under the same rule; empty when unknown."""
    return _ask("SELECT case_reference(%s)", case_id) or ""


def _ask(sql: str, value):
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchone()[0]


def grants_on(case_id: uuid.UUID) -> tuple[list[Grant], list[Grant]]:
    """Grants on a case and, for who sees them, on its stays and sheets: those that hold now, then those that ended."""
    stays = Placement.objects.filter(case_id=case_id).values("pk")
    sheets = Proposal.objects.filter(orientation__case_id=case_id).values("pk")
    rows = (
        Grant.objects.on("case", case_id)
        | Grant.objects.filter(object_kind="placement", object_id__in=stays)
        | Grant.objects.filter(object_kind="proposal", object_id__in=sheets)
    )
    live, past = [], []
    now = timezone.now()
    for grant in rows.select_related("user").order_by("-starts_at"):
        (live if _holds(grant, now) else past).append(grant)
    return live, past


def _holds(grant: Grant, at: dt.datetime) -> bool:
    return grant.starts_at <= at and (grant.ends_at is None or grant.ends_at > at)


def reveals_on(case_id: uuid.UUID) -> list[Reveal]:
    rows = Reveal.objects.filter(object_kind="case", object_id=case_id).select_related("user")
    return list(rows.order_by("-starts_at")[:LONGEST])


def traces_on(case_id: uuid.UUID) -> Sequence[Trace] | Sequence[JournalLine]:
    """Lines of the journal about a case, latest first. The coordination, to which the journal is closed, reads the
    last `LONGEST` ones.
    """
    if scope.current().has_role(Role.DIRECTION, Role.DPO):
        return JournalLine.objects.filter(object_kind="case", object_id=case_id).order_by("-at", "-id")  # type: ignore[return-value]
    return journal_about("case", case_id, limit=LONGEST)
