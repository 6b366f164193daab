"""The plan of the fictitious network: calibrated, and the same for the same seed."""

import datetime as dt
from collections import Counter

from cms.demo.plan import ORIGINS, PATHS, Path, persons

TODAY = dt.date(2026, 6, 30)
ORIENTED = (Path.ORDINARY, Path.REFUSED, Path.ACCEPTED, Path.PLACED)


def test_the_funnel_is_exact():
    paths = Counter(person.path for person in persons(seed=1, today=TODAY))
    assert paths == PATHS
    assert sum(paths.values()) == 228
    assert sum(paths[path] for path in ORIENTED) == 128
    assert paths[Path.ACCEPTED] + paths[Path.PLACED] == 74


def test_the_same_seed_gives_the_same_people():
    assert persons(seed=5, today=TODAY) == persons(seed=5, today=TODAY)
    assert persons(seed=5, today=TODAY) != persons(seed=6, today=TODAY)


def test_nobody_is_received_after_today():
    people = persons(seed=3, today=TODAY)
    assert max(person.received_at.date() for person in people) <= TODAY
    assert min(person.received_at.date() for person in people) >= TODAY - dt.timedelta(days=750)


def test_only_minors_are_oriented():
    people = persons(seed=3, today=TODAY)
    assert max(person.age for person in people if person.path in ORIENTED) < 18


def test_overseas_is_never_forgotten():
    assert {"971", "973", "974"} <= set(ORIGINS)
