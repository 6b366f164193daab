"""Giving events their place in the feed, and forgetting the oldest."""

import datetime as dt

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.events.feed.rules import KEPT_MONTHS

_tasks: list[str] = []


def public_task_register(name: str) -> None:
    """Have a job run, by its name, after what everybody reads has moved. It may run more than once."""
    _tasks.append(name)


def events_ready() -> None:
    """Give a place to what was committed since the last time. Run by the job, and before the feed is read.

    What must follow a change of what is public is queued in the same transaction: neither goes without the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_ready()")
        moved = cursor.fetchone()[0]
    for name in _tasks if moved else ():
        app.configure_task(name).defer()


def events_forget() -> int:
    """Remove what is too old to be asked for; answers how many. Run under the scope of `EVENTS`."""
    before = timezone.now() - dt.timedelta(days=KEPT_MONTHS * 31)
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_forget(%s)", [before])
        return cursor.fetchone()[0]
