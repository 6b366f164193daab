"""What the night screen reads of a request: who takes the minor in tonight, who was asked, the way to the arrival."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Min

from cases.arrival.models import Linking
from cases.matching.selectors.candidates import Candidate
from cases.proposals.models import Proposal
from cases.requests.board.selectors import with_promises
from cases.requests.models import Sollicitation
from cms.notify.models import RingStep

MOST_SHOWN, TICKED = 6, 3
"""Houses that the screen shows, and those ticked in advance: the others are behind the search."""


def request_of_night(pk: uuid.UUID) -> Sollicitation | None:
    rows = with_promises(Sollicitation.objects.all()).select_related(
        "case", "case__containment", "case__exploitation_place", "case__origin", "case__sex", "urgency", "requester",
        "current_place", "taken_by", "exploitation_place",
    )  # fmt: skip
    row: Sollicitation | None = rows.filter(pk=pk).first()
    return row


def houses_tonight(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep those that may be asked, soonest first; among equals, in the rank of the search: distance before all."""
    able = [row for row in candidates if row.is_eligible]
    return sorted(able, key=lambda row: (row.admission_days is None, row.admission_days or 0))


def linking_of_kept(sheet: Proposal) -> Linking | None:
    """Return the way to the structure that is kept: it opened when it was."""
    rows = Linking.objects.live().filter(orientation_id=sheet.orientation_id, partner_id=sheet.partner_id)
    return rows.select_related("case", "partner", "orientation", "guardian", "payer", "placement").first()


def sheets_opened(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dt.datetime]:
    """Return when somebody of each structure first opened the call of its sheet, in one query."""
    rows: Any = RingStep.objects.filter(ring__object_id__in=ids, opened_at__isnull=False)
    return dict(rows.order_by().values_list("ring__object_id").annotate(at=Min("opened_at")))
