"""Long tests first: one that began last would leave the other cores idle to the end.

Each worker begins with a part of the list, and takes what another has not begun yet when it is done.
"""

import gc
from pathlib import Path

import pytest

LONG = (
    "wall/test_matrix.py",
    "notify/test_killed_incidents.py",
    "browser/",
    "sessions/test_step_up.py",
    "cases/incidents/test_incident_follow_up.py",
    "cases/incidents/test_incident_confidence.py",
    "values/test_config.py",
    "notify/test_jobs.py",
    "admin/test_costs.py",
    "demo/",
)
"""Longest first. A file that is missing here costs a few seconds of one core, nothing else."""


def rank(item: pytest.Item) -> int:
    return next((place for place, name in enumerate(LONG) if f"tests/{name}" in item.nodeid), len(LONG))


def _scenes_last(items: list[pytest.Item]) -> list[pytest.Item]:
    """Put at the end of each file the tests that begin with its scene, which stays until the last of them."""
    places: dict[Path, int] = {}
    for item in items:
        places.setdefault(item.path, len(places))
    return sorted(items, key=lambda item: (places[item.path], "stage" in getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)  # after the shuffle, which spreads everything else
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    ordered = sorted(items, key=rank)
    long = [item for item in ordered if rank(item) < len(LONG)]
    short = _scenes_last(ordered[len(long) :])
    parts: list[pytest.Item] = []
    for at in range(workers):
        # As xdist cuts the list. A file stays with one worker, which plays its scenes once.
        share = (len(items) - len(parts)) // (workers - at)
        parts += long[at::workers]
        parts += [short.pop(0) for _ in range(share - len(long[at::workers]))]
    items[:] = parts


def pytest_collection_finish() -> None:
    """Django, Wagtail and the tests stay to the end: the collector of garbage has no need to look at them again."""
    gc.collect()
    gc.freeze()
