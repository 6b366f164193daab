"""Lines that wait on the board of the coordination."""

import datetime as dt
from typing import Any

from django.db.models import DateField, F, Value

from dashboards.reporting.enums import Side
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.releases.models import Release
from dashboards.reporting.state.models import StateQuestion


def board_lines() -> list[dict[str, Any]]:
    """List the questions of the State that wait for an answer, the earliest due first, then closings and releases that
    wait for a second person, in one query: `what`, `pk`, `title`, `who` asks and `due`.
    """
    columns = ("what", "pk", "title", "who", "due")
    questions = StateQuestion.objects.filter(answered_at=None, side=Side.STATE).annotate(
        what=Value("question"), title=F("subject"), who=F("partner__code_name"), due=F("due_on")
    )
    nothing = {"who": Value(""), "due": Value(None, output_field=DateField())}
    decisions = [
        model.objects.waiting().annotate(what=Value(what), **nothing)
        for model, what in ((ClosedPeriod, "period"), (Release, "release"))
    ]
    first, *others = (rows.order_by().values(*columns) for rows in (questions, *decisions))
    return sorted(
        first.union(*others, all=True), key=lambda row: (row["what"] != "question", row["due"] or dt.date.max)
    )
