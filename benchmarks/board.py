"""The board of the on-call with 2 000 open requests.

Run on the demo: `python -m benchmarks.board`. Requests are written in a transaction that is taken back. Goals: the
page under 150 ms, and no query more than with the demo alone.
"""

import os
import random
import statistics
import sys
import time
import uuid
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from cms.users.models import User

OPEN = 2000
ROUNDS = 15
GOAL_MS = 150
ADDRESS = "coordination@havre.example"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection, transaction

    from cases.models import Sollicitation
    from cms.users.models import User
    from cms.wall import scope

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with transaction.atomic(), scope.acting(user):
        before, few = measure(user, connection)
        requests_write(user)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cases_sollicitation")
        after, many = measure(user, connection)
        count = Sollicitation.objects.real().open().count()
        transaction.set_rollback(True)
    print(f"{count} demandes ouvertes")
    print(f"page{before:>10.1f} ms avec la démonstration seule, {few} requêtes")
    print(f"page{after:>10.1f} ms, {many} requêtes : {after / GOAL_MS:.2f}× l’objectif de {GOAL_MS} ms")


def measure(user: "User", connection: "BaseDatabaseWrapper") -> tuple[float, int]:
    """Return the median of the whole view, template included, in milliseconds; and its number of queries."""
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.template.response import TemplateResponse
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from cases.requests.board.admin import board_page

    request = RequestFactory().get("/admin/astreinte/")
    vars(request).update(user=user, session={})
    vars(request)["_messages"] = FallbackStorage(request)

    def drawn() -> None:
        response = board_page(request)
        assert isinstance(response, TemplateResponse)
        response.render()

    with CaptureQueriesContext(connection) as queries:
        drawn()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        drawn()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), len(queries)


def requests_write(user: "User") -> None:
    import datetime as dt

    from django.utils import timezone

    from cases.models import Sollicitation
    from cms.partners.models import Partner
    from cms.values.selectors import values_of

    draw, now = random.Random(7), timezone.now()
    services = [row for row in Partner.objects.all() if row.requester_type_id]
    urgencies = list(values_of("urgence").values_list("pk", flat=True))
    rows = []
    for _ in range(OPEN):
        service, received_at = draw.choice(services), now - dt.timedelta(minutes=draw.randrange(20_000))
        is_taken = draw.random() < 0.5
        rows.append(
            Sollicitation(
                reference=f"ME-{uuid.uuid4().hex[:12]}",
                requester=service,
                requester_type_id=str(service.requester_type_id),
                submitted_by=user,
                channel_id="canal:TEL",
                nature_id="nature:PEC",
                urgency_id=draw.choice(urgencies),
                received_at=received_at,
                received_on=timezone.localdate(received_at),
                state="in_charge" if is_taken else "received",
                taken_by=user if is_taken else None,
                first_answered_at=received_at + dt.timedelta(minutes=20) if is_taken else None,
            )
        )
    Sollicitation.objects.bulk_create(rows)


if __name__ == "__main__":
    main()
