"""Questions between the State and the coordination, and committees."""

import datetime as dt
import uuid
from collections.abc import Iterable

from cms.files.models import Attachment
from dashboards.reporting.enums import Side
from dashboards.reporting.state.models import Committee, StateQuestion


def committee_documents(pks: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Attachment]]:
    """Return the documents shared on each of these committees, the latest first."""
    documents: dict[uuid.UUID, list[Attachment]] = {}
    rows = Attachment.objects.filter(object_kind="committee", object_id__in=list(pks)).kept()
    for row in rows.order_by("-added_at"):
        documents.setdefault(row.object_id, []).append(row)
    return documents


def questions() -> list[StateQuestion]:
    """List the questions between the State and the coordination that the reader may see, those that wait first."""
    rows = StateQuestion.objects.select_related("partner", "asked_by", "answered_by")
    return sorted(rows, key=lambda row: (not row.is_open, row.due_on or dt.date.max, -row.asked_at.timestamp()))


def questions_due(side: Side) -> list[StateQuestion]:
    """List the questions of the other side that wait for an answer, the earliest due first."""
    return [row for row in questions() if row.is_open and row.side != side]


def committees() -> list[Committee]:
    return list(Committee.objects.all())
