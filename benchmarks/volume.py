"""A big network: each indicator by month and département beside SQL written by hand, then whole, with all its cuts.

Run after `manage.py generate_volume --sollicitations 1000000`: `python -m benchmarks.volume`. Both give the same
counts, or the measure stops. « à la main » runs as the owner, without the wall. Goal: 1.2 times.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from dashboards.indicators.selectors.lexicon import Lexicon
    from dashboards.indicators.selectors.registry import IndicatorEntry
    from dashboards.periods import Period

ROUNDS = 5
STATEMENTS = Path(__file__).with_suffix(".sql")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import transaction

    from cms.partners.models import Partner
    from cms.wall import scope
    from dashboards.figures.selectors.report import report
    from dashboards.indicators.selectors.cube import memory_take
    from dashboards.indicators.selectors.lexicon import Lexicon
    from dashboards.indicators.selectors.registry import INDICATORS
    from dashboards.reporting.periods.rules import freeze, thaw

    with transaction.atomic(), scope.acting(scope.FIGURES):
        if not Partner.objects.filter(code_name__startswith="Volume ").exists():
            sys.exit("Aucun grand réseau : lancez d’abord manage.py generate_volume --sollicitations 1000000.")
        memory_take()
        period, lexicon = period_of_volume(), Lexicon.read()
        print(f"{'par mois et département':<26}{'lignes':>9}{'ici':>11}{'à la main':>12}{'rapport':>10}")
        for code, statement in statements():
            here, ours, counted, theirs = side_by_side(
                work_of(code, INDICATORS[code], period, lexicon), statement, period
            )
            if here != counted:
                sys.exit(f"{code} : {here} ici, {counted} à la main.")
            print(f"{code:<26}{counted:>9}{ours:>8.0f} ms{theirs:>9.0f} ms{ours / theirs:>9.2f}×")
        print(f"\n{'avec toutes ses ventilations':<35}{'ici':>11}")
        for code, indicator in INDICATORS.items():
            print(f"{code:<35}{median(partial(indicator.compute, period, lexicon)):>8.0f} ms")
        print(f"{'les huit, en un rapport':<35}{median(lambda: report(period)):>8.0f} ms")
        still = median(lambda: report(period, is_fresh=False))
        print(f"{'les huit, rien n’ayant bougé':<35}{still:>8.0f} ms")
        frozen = json.dumps(freeze(report(period)))
        print(f"{'les huit, d’une période close':<35}{median(lambda: thaw(json.loads(frozen))):>8.0f} ms")


def period_of_volume() -> "Period":
    from django.utils import timezone

    from dashboards.periods import Period

    today = timezone.localdate()
    return Period(today.replace(year=today.year - 3, day=1), today)


def statements() -> list[tuple[str, str]]:
    parts = STATEMENTS.read_text(encoding="utf-8").split("\n-- ")[1:]
    return [(code, sql) for code, _, sql in (part.partition("\n") for part in parts)]


def work_of(code: str, indicator: "IndicatorEntry", period: "Period", lexicon: "Lexicon") -> Callable[[], int]:
    """Return a function that counts by month and département, and gives the total."""
    from django.db.models import F

    from dashboards.indicators.selectors.cube import cube
    from dashboards.indicators.selectors.standing import structures_by_place

    def by_month_and_place() -> int:
        rows = indicator.population(period, lexicon)
        place = "by_territory"
        if code == "I8":
            rows, place = rows.annotate(by_host=F("partner__territory_id")), "by_host"
        return cube(rows, ("by_month", place), crossed=(("by_month", place),)).count()

    def by_day_and_place() -> int:
        return sum(places.total() for places in structures_by_place(period.state_days).values())

    return by_day_and_place if code == "I4" else by_month_and_place


def side_by_side(work: Callable[[], int], statement: str, period: "Period") -> tuple[int, float, int, float]:
    """Return what each counts and the median of its times, run in turn: what slows the machine slows both."""
    from django.db import connection

    from cms.documents.versions.selectors import delay_days
    from formation.people.selectors.training import rules_in_force

    values: dict[str, Any] = {
        "first": period.first,
        "last": period.last,
        "days": period.state_days,
        "share": rules_in_force().trained_share,
        "delay": delay_days(),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]

        def by_hand() -> int:
            cursor.execute(statement, values)
            return sum(row[2] for row in cursor.fetchall())

        here, counted, ours, theirs = work(), 0, [], []
        for _ in range(ROUNDS):
            ours.append(timed(work))
            cursor.execute("SET ROLE NONE")  # RESET would give back the role of the connection, the walled one
            counted = counted or by_hand()
            theirs.append(timed(by_hand))
            cursor.execute(f"SET ROLE {role}")
    return here, statistics.median(ours), counted, statistics.median(theirs)


def median(work: Callable[[], object]) -> float:
    return statistics.median(timed(work) for _ in range(ROUNDS))


def timed(work: Callable[[], object]) -> float:
    """Return milliseconds."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
