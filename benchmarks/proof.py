"""What the proof of the scope costs on the main lists and on their pages: with it, and with readers that believe.

Run on the demo: `python -m benchmarks.proof`. The goal is 5 % at most. Nothing is kept: one transaction, taken back.
"""

import os
import statistics
import sys
from collections.abc import Callable
from functools import partial

import django

from benchmarks.wall import ADDRESS, lists, median, opened

TURNS = 7
"""Both are measured in turn, so that what else the machine does falls on each."""
GOAL = 1.05

# Inlined by the planner, as the readers were before they asked for a proof.
BELIEVE = """
CREATE OR REPLACE FUNCTION scope_is_proven() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT current_setting('app.proof', true) <> '' $$
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.conf import settings
    from django.db import connection, transaction

    from cms.users.models import User
    from cms.wall import scope

    settings.DEBUG = False
    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with transaction.atomic():
        [[prove]] = asked("SELECT pg_get_functiondef('scope_is_proven'::regproc)")
        ratios = []
        print(f"{'liste':<24}{'cru':>12}{'prouvé':>12}{'rapport':>10}")
        for label, rows, path in lists():
            with scope.acting(user):
                ratios.append(compared(label, rows, 20, prove))
            ratios.append(compared(path, partial(opened, user, path), 5, prove))
        transaction.set_rollback(True)
    connection.close()
    mean = statistics.geometric_mean(ratios)
    print(f"{'moyenne':<48}{mean:>10.3f}   (but : {GOAL})")


def compared(label: str, work: Callable[[], object], rounds: int, prove: str) -> float:
    """Return how many times longer the work is with the proof."""
    believed, proven = [], []
    work()
    for _ in range(TURNS):
        for statement, times in ((BELIEVE, believed), (prove, proven)):
            as_owner(statement)
            work()
            times.append(median(work, rounds))
    before, after = min(believed), min(proven)
    print(f"{label:<24}{before:>9.2f} ms{after:>9.2f} ms{after / before:>10.3f}", flush=True)
    return after / before


def as_owner(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE havre_app")


def asked(statement: str) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


if __name__ == "__main__":
    main()
