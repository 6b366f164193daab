"""A big network: each indicator by month and département beside SQL written by hand, then whole, with all its cuts.

Run after `manage.py generate_volume --sollicitations 1000000`: `python -m benchmarks.volume`. Both give the same
counts, or the measure stops. « à la main » runs as the owner, without the wall. Goal: 1.2 times.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

ROUNDS = 5
STATEMENTS = Path(__file__).with_suffix(".sql")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import transaction

    from cms.access import scope
    from cms.partners.models import Partner
    from dashboards.indicators.lexicon import Lexicon
    from dashboards.indicators.registry import INDICATORS
    from dashboards.periods import Period

    with transaction.atomic(), scope.acting(scope.FIGURES):
        if not Partner.objects.filter(code_name__startswith="Volume ").exists():
            sys.exit("Aucun grand réseau : lancez d’abord manage.py generate_volume --sollicitations 1000000.")
        period, lexicon = period_of_volume(Period), Lexicon.read()
        print(f"{'par mois et département':<26}{'lignes':>9}{'ici':>11}{'à la main':>12}{'rapport':>10}")
        for code, statement in statements():
            found, ours = by_month_and_place(INDICATORS[code], period, lexicon)
            counted, theirs = as_owner(statement, period)
            if found != counted:
                sys.exit(f"{code} : {found} ici, {counted} à la main.")
            print(f"{code:<26}{counted:>9}{ours:>8.0f} ms{theirs:>9.0f} ms{ours / theirs:>9.2f}×")
        print(f"\n{'avec toutes ses ventilations':<35}{'ici':>11}")
        for code, indicator in INDICATORS.items():
            print(f"{code:<35}{median(lambda indicator=indicator: indicator.compute(period, lexicon)):>8.0f} ms")


def period_of_volume(Period):
    from django.utils import timezone

    today = timezone.localdate()
    return Period(today.replace(year=today.year - 3, day=1), today)


def statements() -> list[tuple[str, str]]:
    parts = STATEMENTS.read_text(encoding="utf-8").split("\n-- ")[1:]
    return [(code, sql) for code, _, sql in (part.partition("\n") for part in parts)]


def by_month_and_place(indicator, period, lexicon) -> tuple[int, float]:
    """How many are counted, and the time that it takes."""
    from django.db.models import F

    from dashboards.indicators.cube import cube

    def work():
        rows = indicator.population(period, lexicon)
        place = "by_territory"
        if indicator.definition.code == "I8":
            rows, place = rows.annotate(by_host=F("partner__territory_id")), "by_host"
        return cube(rows, ("by_month", place), crossed=(("by_month", place),))

    return work().count(), median(work)


def as_owner(statement: str, period) -> tuple[int, float]:
    from django.db import connection

    from formation.selectors import rules_in_force

    values = {"first": period.first, "last": period.last, "share": rules_in_force().trained_share}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")

        def work():
            cursor.execute(statement, values)
            return sum(row[2] for row in cursor.fetchall())

        counted, taken = work(), median(work)
        cursor.execute(f"SET ROLE {role}")
    return counted, taken


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    main()
