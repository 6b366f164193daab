"""The states of a request, as pills: its file and its list show the same."""

import datetime as dt
from collections.abc import Iterator

from cases.common.admin.words import head_clock
from cases.enums import Nature, SollicitationState, Urgency
from cases.requests.board.words import clock
from cases.requests.models import Sollicitation
from cms.admin.heads import HeadClock
from cms.kit.blocks import Badge

TONES = {Urgency.DANGER.value: "danger", Urgency.NIGHT.value: "night"}


def request_badges(row: Sollicitation, *, at: dt.datetime) -> Iterator[Badge]:
    """Give what is asked when it is no care, urgency, state and running clock; `row` comes from `with_promises`."""
    if row.nature_id != Nature.CARE:
        yield Badge(str(row.nature).split(",")[0], "neutral")
    is_closed = row.state == SollicitationState.CLOSED
    if not is_closed:
        yield Badge(str(row.urgency).split(" (")[0], TONES.get(row.urgency_id, "neutral"))
    yield Badge(row.get_state_display(), "neutral" if is_closed else "info")
    if not is_closed:
        running = clock(row, at=at)
        yield Badge(running.words, running.tone)


def request_clock(row: Sollicitation, at: dt.datetime) -> HeadClock | None:
    """Return the clock that runs: that of the first answer, then that of the place. None once neither waits."""
    if row.state == SollicitationState.CLOSED:
        return None
    if row.first_answered_at is None:
        return head_clock("pour la première réponse", row.answer_by, row.received_at, at)
    if row.placed_at or row.nature_id != Nature.CARE:
        return None
    return head_clock("pour trouver un lieu", row.place_by, row.received_at, at)
