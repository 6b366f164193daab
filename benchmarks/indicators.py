"""Server time of the page of figures and of the workbook, on the network of the database in use.

Run on the demo: `python -m benchmarks.indicators`. The goal is a page under 300 ms on two cores.
"""

import os
import statistics
import time

import django

GOAL_MS = 300
ROUNDS = 15


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from cms.users.models import User
    from dashboards.periods import presets

    today = timezone.localdate()
    user = User.objects.get(email="coordination@havre.example")
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        client.get("/admin/chiffres/")
    count = sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for query in captured)
    codes = [preset.code for preset in presets(today, today.replace(year=today.year - 1))][:2] + ["cumul"]
    print(f"{'page':<24}{'médiane':>10}{'pire':>10}   requêtes")
    for code in codes:
        times = [timed(client, f"/admin/chiffres/?periode={code}") for _ in range(ROUNDS)]
        median = statistics.median(times)
        told = "atteint" if median < GOAL_MS else "MANQUÉ"
        print(f"{code:<24}{median:>7.0f} ms{max(times):>7.0f} ms   {count:>8}   objectif {GOAL_MS} ms : {told}")


def timed(client, address: str) -> float:
    start = time.perf_counter()
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
