"""The wall board of the on-call: how many requests wait, by urgency, and since when. Nothing tells which."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from cases.enums import SollicitationState
from cases.requests.board.words import elapsed
from cases.requests.models import Sollicitation
from cms.sessions.displays import display_view_register
from cms.values.selectors import values_of
from cms.wall import scope


def register() -> None:
    display_view_register(
        "on_call",
        label="tableau de l’astreinte",
        template="cases/requests/board/display.html",
        context=on_call_board,
        may_open=may_open,
        hours=7 * 24,
    )


def may_open(object_id: uuid.UUID | None) -> bool:
    return object_id is None and scope.current().sees_all_cases()


def on_call_board(object_id: uuid.UUID | None, at: dt.datetime | None = None) -> dict[str, Any]:
    """Count the requests that nobody has taken charge of: one line for each urgency, zeros included."""
    at = at or timezone.now()
    waiting = Sollicitation.objects.real().filter(state=SollicitationState.RECEIVED)
    counts = waiting.order_by().values("urgency_id").annotate(count=Count("pk"), since=Min("received_at"))
    by_urgency = {row["urgency_id"]: row for row in counts}
    lines = []
    for urgency in values_of("urgence"):
        row = by_urgency.get(urgency.pk)
        minutes = urgency.extra.get("answer_within_minutes")
        is_late = bool(row and minutes and at - row["since"] > dt.timedelta(minutes=minutes))
        lines.append(
            {
                "label": urgency.label,
                "count": row["count"] if row else 0,
                "elapsed": elapsed(at - row["since"]) if row else "",
                "tone": "danger" if is_late else "warning" if row else "success",
                "is_late": is_late,
            }
        )
    return {"lines": lines, "total": sum(line["count"] for line in lines)}
