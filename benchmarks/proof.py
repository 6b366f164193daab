"""What the proof of the scope costs on the main lists: how many are made, and what a list takes with and without them.

Run on the demo, on its embedded server, whose owner may set `track_functions`: `python -m benchmarks.proof`. The goal
is a ratio of 1.05 at most. Without: the same functions, whose proof is always true, in a transaction that is rolled
back; both are measured in turns, so that what else the machine does weighs on both. The share that PostgreSQL counts
inside the proofs stands beside. The last line is the opening of a scope: by the secret of a connexion, then without.
"""

import os
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import django

from benchmarks.wall import ADDRESS, lists, median, opened

if TYPE_CHECKING:
    from cms.users.models import User

GOAL = 1.05
ROUNDS = 20
PROOFS = (
    "SELECT coalesce(max(calls), 0), coalesce(max(total_time), 0) FROM pg_stat_xact_user_functions WHERE funcname = %s"
)
PROVEN = "SELECT pg_get_functiondef('scope_is_proven()'::regprocedure)"
BELIEVED = """
CREATE OR REPLACE FUNCTION public.scope_is_proven() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$ BEGIN RETURN true; END $body$
"""


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
    print(f"{'liste':<36}{'preuves':>9}{'sans':>10}{'avec':>10}{'rapport':>9}{'dont preuves':>14}")
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
        openings(user)
        transaction.set_rollback(True)


def told(label: str, work: Callable[[], object]) -> None:
    work()
    count, spent = proofs()
    with_proof, without = [], []
    for _ in range(ROUNDS):
        with_proof.append(median(work, 1))
        with believed():
            without.append(median(work, 1))
    after, later = proofs()
    before, now = statistics.median(without), statistics.median(with_proof)
    ratio = now / max(before, 0.001)
    note = "" if ratio <= GOAL else "  au-dessus du but"
    made, inside = (after - count) / ROUNDS, (later - spent) / ROUNDS
    print(
        f"{label:<36}{made:>9.0f}{before:>7.1f} ms{now:>7.1f} ms{ratio:>9.3f}{inside:>11.2f} ms{note}",
        flush=True,
    )


@contextmanager
def believed() -> Iterator[None]:
    """Believe every scope, as before there were proofs; the proof comes back at the end."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(PROVEN)
        proven = cursor.fetchone()[0]
        cursor.execute(BELIEVED)
        cursor.execute("SET LOCAL ROLE havre_app")
        yield
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(proven)
        cursor.execute("SET LOCAL ROLE havre_app")


def openings(user: "User") -> None:
    """Print what it takes to open a scope by the secret of a connexion, and without one."""
    from cms.sessions.services import session_open
    from cms.wall import doors, scope

    begun = session_open(user=user, device="mesure")

    def by_secret() -> None:
        with doors.serving():
            doors.shown(user.pk, doors.Door("session", begun.secret))
            with scope.acting(user):
                pass

    def without() -> None:
        with scope.acting(user):
            pass

    now, before = median(by_secret, 10 * ROUNDS), median(without, 10 * ROUNDS)
    print(f"{'ouverture d’une portée':<45}{before:>7.2f} ms{now:>7.2f} ms{now / before:>9.3f}")


def proofs() -> tuple[int, float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PROOFS, ["scope_is_proven"])
        count, spent = cursor.fetchone()
    return count, spent


if __name__ == "__main__":
    main()
