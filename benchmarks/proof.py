"""What the proof of the scope costs on the main lists: how many are made, and their share of the time.

Run on the demo, on its embedded server, whose owner may set `track_functions`: `python -m benchmarks.proof`. The goal
is 5 % at most. PostgreSQL counts the calls and the time inside them: what else the machine does changes little.
"""

import os
import sys
from collections.abc import Callable
from functools import partial

import django

from benchmarks.wall import ADDRESS, lists, median, opened

GOAL = 5.0
ROUNDS = 20
PROOFS = (
    "SELECT coalesce(max(calls), 0), coalesce(max(total_time), 0) FROM pg_stat_xact_user_functions WHERE funcname = %s"
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection, transaction

    from cms.users.models import User
    from cms.wall import scope

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with scope.acting(user):
        director = User.objects.filter(memberships__role="structure_director", is_active=True).first()
    print(f"{'liste':<36}{'preuves':>9}{'temps':>10}{'dont preuves':>14}{'part':>9}")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SET LOCAL track_functions = 'pl'")
            cursor.execute("SET LOCAL ROLE havre_app")
        for label, rows, path in lists():
            for who, name in ((user, "coordination"), (director, "direction")):
                if who is not None:
                    with scope.acting(who):
                        told(f"{label}, {name}", rows)
            told(path, partial(opened, user, path))
        transaction.set_rollback(True)


def told(label: str, work: Callable[[], object]) -> None:
    work()
    count, spent = proofs()
    time = median(work, ROUNDS)
    after, later = proofs()
    of_proofs = (later - spent) / ROUNDS
    share = 100 * of_proofs / max(time - of_proofs, 0.001)
    note = "" if share <= GOAL else "  au-dessus du but"
    print(
        f"{label:<36}{(after - count) / ROUNDS:>9.0f}{time:>7.1f} ms{of_proofs:>11.2f} ms{share:>7.1f} %{note}",
        flush=True,
    )


def proofs() -> tuple[int, float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PROOFS)
        count, spent = cursor.fetchone()
    return count, spent


if __name__ == "__main__":
    main()
