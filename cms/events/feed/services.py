"""Giving events their place in the feed, and forgetting the oldest."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from cms.events.feed.rules import KEPT_MONTHS


def events_ready() -> None:
    """Give a place to what was committed since the last time. Run by the job, and before the feed is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_ready()")


def events_forget() -> int:
    """Remove what is too old to be asked for; answers how many. Run under the scope of `EVENTS`."""
    before = timezone.now() - dt.timedelta(days=KEPT_MONTHS * 31)
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_forget(%s)", [before])
        return cursor.fetchone()[0]
