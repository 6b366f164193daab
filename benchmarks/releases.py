"""Releases: time to prepare each one of the calendar beside all those before it, and how many cells it hides.

Run on the demo: `python -m benchmarks.releases`. Nothing is written. Goals: 10 s of one core, and half of the cells at
most that are not zero.
"""

import datetime as dt
import os
import sys
import time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from dashboards.periods import Period

GOAL_SECONDS, GOAL_HIDDEN = 10, 0.5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import transaction

    from cms.wall import scope
    from dashboards.figures.selectors.report import report
    from dashboards.reporting.releases.rules.cells import Cells
    from dashboards.reporting.releases.rules.content import content_of
    from dashboards.reporting.releases.rules.joint import Told, masked
    from dashboards.reporting.releases.services import _details, cells_told

    if not (periods := calendar()):
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    told: list[Told] = []
    hidden_in_all = shown_in_all = slowest = 0
    print(f"{'publication':<44}{'durée':>9}{'sur l’objectif':>16}{'masquées':>10}{'non nulles':>12}{'part':>7}")
    with transaction.atomic(), scope.acting(scope.FIGURES):
        for period in periods:
            figures = report(period)
            start = time.process_time()
            found = masked(Cells(figures), told, _details())
            content = content_of(found.cells, found.hidden)
            seconds = time.process_time() - start
            told.append(cells_told(figures, content))
            hidden, shown = counts(content)
            tell(str(period), seconds, hidden, hidden + shown)
            hidden_in_all, shown_in_all, slowest = hidden_in_all + hidden, shown_in_all + shown, max(slowest, seconds)
    tell("toutes, et la plus longue", slowest, hidden_in_all, hidden_in_all + shown_in_all)


def calendar() -> list["Period"]:
    """Return the releases of the calendar that the rows may fill, in the order of their last day."""
    from django.db.models import Min
    from django.utils import timezone

    from cases.models import Sollicitation
    from cms.wall import scope
    from dashboards.periods import convention_start
    from dashboards.reporting.releases.rules.calendar import steps

    with scope.acting(scope.FIGURES):
        day = Sollicitation.objects.aggregate(first=Min("received_on"))["first"]
    found: list[Period] = []
    today, start = timezone.localdate(), convention_start()
    while day and day < today:
        found += [period for period in steps(day, start) if period.last < today]
        day = steps(day, start)[-1].last + dt.timedelta(days=1)
    return found


def counts(content: dict[str, Any]) -> tuple[int, int]:
    """Return how many cells are hidden, and how many others are not zero, headlines included."""
    values = [row_value for item in content["indicators"] for row_value in cells(item)]
    return sum(value is None for value in values), sum(bool(value) for value in values)


def cells(item: dict[str, Any]) -> list[int | None]:
    figures = [figure["value"] for figure in item["figures"] if figure["kind"] == "number" and not figure["note"]]
    rows = [value for table in item["tables"] for row in table["rows"] for value in row[1:]]
    return [value for value in (*figures, *rows) if value is None or isinstance(value, int)]


def tell(label: str, seconds: float, hidden: int, every: int) -> None:
    share = hidden / every if every else 0
    ratio, beside = seconds / GOAL_SECONDS, share / GOAL_HIDDEN
    print(f"{label:<44}{seconds:>7.1f} s{ratio:>15.2f}×{hidden:>10}{every:>12}{share:>7.0%}  ({beside:.2f}×)")


if __name__ == "__main__":
    main()
