"""Reading orientations and proposals. Row security filters."""

import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from cases.common.selectors import row_get
from cases.proposals.models import Orientation, Proposal


def orientation_get(*, pk: uuid.UUID, action: str) -> Orientation:
    rows = Orientation.objects.select_related("case", "sollicitation", "decision", "ordinary_service")
    return row_get(rows.prefetch_related("proposals__partner", "proposals__answer"), "orientation", pk, action)


def proposal_get(*, pk: uuid.UUID, action: str) -> Proposal:
    """Return a proposal with its frozen sheet. The orientation is hidden from structures: it is not joined."""
    return row_get(Proposal.objects.select_related("partner", "answer", "refusal_reason"), "proposal", pk, action)


@dataclass(frozen=True)
class Contact:
    """Whom a structure that is interested calls at the coordination."""

    name: str
    phone: str


def proposal_contact(*, proposal: Proposal) -> Contact | None:
    """Return who follows the minor at the coordination, for an interested structure while its grant lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM proposal_contact(%s)", [proposal.pk])
        row = cursor.fetchone()
    return Contact(*row) if row else None


def proposals_waiting() -> QuerySet[Proposal]:
    """List sheets that wait for an answer: of the actor's structures; all of them for the coordination."""
    return Proposal.objects.pending().select_related("partner").order_by("answer_by")
