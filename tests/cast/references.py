"""References of the cast: drawn like any other, from series whose secret the tests know."""

import functools
import re
import uuid

from django.db import connection
from django.utils import timezone

SECRET = uuid.UUID("6f1d2c3b-4a59-4687-9786-a5b4c3d2e1f0")
SERIES = ("S", "M", "N", "P", "I", "IC")
RANK = re.compile(r"([A-Z]+-\d{4}-)(\d{4})")


def series_known() -> None:
    """Begin the series with a known secret, as the owner of the database: nobody else may."""
    years = [timezone.localdate().year + offset for offset in (-1, 0, 1)]
    rows = [(f"{prefix}-{year}", SECRET) for prefix in SERIES for year in years]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.executemany("INSERT INTO access_counter (id, last, secret) VALUES (%s, 0, %s)", rows)
        cursor.execute("SET ROLE havre_app")


@functools.cache
def number_of(rank: int) -> str:
    """Return the four figures that every series of the cast shows for a rank."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lpad(reference_number(%s, %s)::text, 4, '0')", [SECRET, rank])
        return cursor.fetchone()[0]


def reference_of(rank: str) -> str:
    """Return what the series shows for a rank, `S-2026-0001` being its first; any other text as it is."""
    found = RANK.fullmatch(rank)
    return found[1] + number_of(int(found[2])) if found else rank
