"""The states of a request, as pills: its file and its list show the same."""

import datetime as dt
from collections.abc import Iterator

from cases.enums import Nature, SollicitationState, Urgency
from cases.requests.board.words import clock
from cases.requests.models import Sollicitation
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
