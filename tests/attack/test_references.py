"""What a partner who compares references learns: not how many were given, nor which came first."""

import itertools
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from cms.wall.services import reference_draw

DRAWN = 300


def number_of(reference: str) -> int:
    return int(reference.rsplit("-", 1)[1])


def numbers_of(secret: uuid.UUID, least: int, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference_number(%s, n) FROM generate_series(%s, %s) n", [secret, least, most])
        return [number for (number,) in cursor.fetchall()]


def neighbours(numbers: list[int]) -> int:
    return sum(abs(after - before) == 1 for before, after in itertools.pairwise(numbers))


def test_references_that_follow_one_another_do_not_show_it(db):
    drawn = [reference_draw(prefix="S", year=2031) for _ in range(DRAWN)]
    assert all(reference.startswith("S-2031-") and len(reference) == 11 for reference in drawn)
    numbers = [number_of(reference) for reference in drawn]
    assert len(set(numbers)) == DRAWN
    # By chance a pair in five thousand: six among three hundred would be one run in 10¹¹.
    assert neighbours(numbers) < 6
    # The largest of three hundred says nothing of three hundred: it is beyond nine thousand but once in 10¹³ runs.
    assert max(numbers) > 9000


def test_two_series_begin_elsewhere(db):
    first = {reference_draw(prefix=prefix, year=2031)[-4:] for prefix in ("S", "M", "I", "IC", "AF", "D")}
    assert len(first) > 1


def test_every_number_of_a_year_is_given_once_and_then_longer_ones(db):
    secret = uuid.uuid4()
    assert sorted(numbers_of(secret, 1, 9999)) == list(range(1, 10_000))
    longer = numbers_of(secret, 10_000, 10_500)
    assert len(set(longer)) == 501
    assert all(10_000 <= number <= 99_999 for number in longer)


def test_the_application_reads_neither_the_count_nor_the_secret(db):
    reference_draw(prefix="S", year=2031)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_counter")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_counter SET last = 0")
