"""What the failover drill asks of Havre itself, in a process of its own: a session, an urgent request, its call.

Reads words on its input: `session`, `ask` (until it is accepted), `called` (until its call left). Answers one line
each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from cases.models import Sollicitation

PATIENCE = 240


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from cms.notify.duty.services.duties import duty_cancel
    from cms.notify.models import Duty, Ring
    from cms.wall import scope
    from tests.cast.session import signed_in
    from tests.notify.steps import account, rota

    with scope.acting(account("coordination@havre.example")):
        for ring in Ring.objects.open():
            Ring.objects.filter(pk=ring.pk).update(closed_at=ring.opened_at)
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)
    rota(has_phones=True)
    print("ready", flush=True)
    asked: Sollicitation | None = None
    for line in sys.stdin:
        word = line.strip()
        connections.close_all()
        if word == "session":
            client = signed_in(account("coordination@havre.example"))
            print(client.cookies[settings.SESSION_COOKIE_NAME].value, flush=True)
        elif word == "ask":
            asked = until_asked()
            print(asked.reference if asked else "", flush=True)
        elif word == "called":
            print("called" if asked and until_called(asked) else "", flush=True)
    return 0


def until_asked() -> Sollicitation | None:
    """Send an urgent request again and again while the database does not answer, as a person would."""
    from django.db import DatabaseError, connections

    from tests.notify.steps import ask

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return ask()
        except DatabaseError:
            connections.close_all()
            time.sleep(0.5)
    return None


def until_called(sollicitation: Sollicitation) -> bool:
    from django.db import DatabaseError, connections

    from tests.notify.steps import called

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if called(sollicitation):
                return True
        except DatabaseError:
            connections.close_all()
        time.sleep(0.5)
    return False


if __name__ == "__main__":
    sys.exit(main())
