"""What row security and the journal cost on the main lists: with them, and without.

Run on the demo: `python -m benchmarks.wall`. The goal is under 15 % of the page.
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
    from django.db.models import Model
    from django.test import Client

    from cms.users.models import User

ROUNDS = 40
GOAL = 1.15
ADDRESS = "coordination@havre.example"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection, transaction

    from cms.users.models import User
    from cms.wall import scope

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    print(f"{'liste':<24}{'sans mur':>12}{'avec':>10}{'sans journal':>15}{'avec':>10}{'page':>10}{'surcoût':>10}")
    for label, rows, path in lists():
        with transaction.atomic(), scope.acting(user):
            walled = median(rows)
            journaled = median(read_line)
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
            bare = median(rows)
            transaction.set_rollback(True)
        page = median(partial(opened, user, path), rounds=8)
        cost = max(0, walled - bare) + journaled
        rate = f"{100 * cost / (page - cost):.1f} %"
        print(f"{label:<24}{bare:>9.1f} ms{walled:>7.1f} ms{0:>12.1f} ms{journaled:>7.1f} ms{page:>7.0f} ms{rate:>10}")


def lists() -> list[tuple[str, Callable[[], object], str]]:
    from cases.models import Case, Incident, Placement, Sollicitation
    from cms.partners.models import Partner

    def of(model: "type[Model]", *related: str) -> Callable[[], object]:
        rows = model._default_manager
        return lambda: (rows.count(), list(rows.select_related(*related)[:25]))

    return [
        ("sollicitations", of(Sollicitation, "requester", "nature", "urgency"), "/admin/sollicitations/"),
        ("situations", of(Case, "sex", "identification_level", "origin"), "/admin/situations/"),
        ("séjours", of(Placement, "case", "partner"), "/admin/sejours/"),
        ("incidents", of(Incident, "partner", "incident_type", "severity"), "/admin/incidents/"),
        ("partenaires", of(Partner, "territory"), "/admin/partenaires/"),
    ]


def read_line() -> None:
    from cms.journal.services import journal_read

    journal_read("case", None, details={"count": 25})


_clients: "dict[object, Client]" = {}


def opened(user: "User", path: str) -> None:
    from tests.cast.session import signed_in

    client = _clients.setdefault(user.pk, signed_in(user))
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    main()
