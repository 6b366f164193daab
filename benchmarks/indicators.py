"""Server time of the page of figures and of its workbook.

Run on the demo: `python -m benchmarks.indicators`. The goal is a page under 300 ms on two cores.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

    from cms.users.models import User

GOAL_MS = 300
ROUNDS = 15
ADDRESS = "coordination@havre.example"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cms.users.models import User
    from tests.cast.session import signed_in

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    client = signed_in(user)
    print(f"{'mesure':<34}{'médiane':>11}{'pire':>11}{'requêtes':>10}{'sur l’objectif':>17}")
    tell("page, première du processus", [timed(lambda: page(client, ""))])
    for code, label in periods():
        address = f"?periode={code}"
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        count = sum(not query["sql"].startswith(OTHERS) for query in captured)
        tell(f"page, {label}", [timed(partial(page, client, address)) for _ in range(ROUNDS)], count)
    for label, work in parts(user):
        tell(label, [timed(work) for _ in range(5)])


OTHERS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def periods() -> list[tuple[str, str]]:
    from dashboards.periods import period_choices

    choices = period_choices()
    return [(preset.code, preset.label.lower()) for preset in (*choices[:2], choices[-1])]


def parts(user: "User") -> list[tuple[str, Callable[[], object]]]:
    """Time what the page and the workbook are made of, without the web around them."""
    from django.db import transaction

    from cms.wall import scope
    from dashboards.figures.selectors.comparison import not_compared
    from dashboards.figures.selectors.report import figures_for
    from dashboards.figures.words.addresses import PageAddress
    from dashboards.figures.words.panel import panel
    from dashboards.periods import period_choices
    from dashboards.workbook.papers.book import workbook_build
    from dashboards.workbook.rules import Origin

    period = period_choices()[0].period
    report = figures_for(user, period)

    def figures() -> None:
        with transaction.atomic(), scope.acting(user):
            figures_for(user, period)

    return [
        ("les huit indicateurs", figures),
        ("les dessins et la carte", lambda: panel(report, not_compared(report), "I1", {}, PageAddress("", {}))),
        (
            "l’écriture du classeur",
            lambda: workbook_build(report, Origin("Mesure", {}, "", True), not_compared(report)),
        ),
    ]


def page(client: "Client", query: str) -> None:
    response = client.get(f"/admin/chiffres/{query}")
    assert response.status_code == 200, response.status_code


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def tell(label: str, times: list[float], queries: int | str = "") -> None:
    median = statistics.median(times)
    print(f"{label:<34}{median:>8.0f} ms{max(times):>8.0f} ms{queries:>10}{median / GOAL_MS:>16.2f}×")


if __name__ == "__main__":
    main()
