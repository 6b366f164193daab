"""How much is run: `make test` runs a sample of what is generated, the same each time; `make test-all` runs it whole.

- A test marked `whole` runs in `make test-all` alone.
- A test marked `sampled` asks `IS_WHOLE`, or `sampled(everything, sample)`, how much it walks through.
- Tests of what reads a clock are marked `clock`, long ones `slow`, by their place: the lists below.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

TESTS = Path(__file__).resolve().parents[1]
Item = TypeVar("Item")
IS_WHOLE = os.environ.get("HAVRE_TESTS") == "whole"
PLACES = {
    "clock": (
        "accounts",
        "browser/test_homes.py",
        "cases/circuit",
        "cases/incidents",
        "cases/requests",
        "cases/stays",
        "data_rights",
        "dashboards/reporting",
        "documents/test_circuit.py",
        "documents/test_scheduled.py",
        "formation/attendance",
        "formation/sessions",
        "journal/test_months.py",
        "notify",
        "retention",
        "sessions",
    ),
    "slow": (
        "admin/test_costs.py",
        "demo",
        "notify/test_jobs.py",
        "notify/test_killed.py",
        "notify/test_killed_incidents.py",
        "notify/test_notifications_killed.py",
        "values/test_config.py",
        "wall/test_matrix.py",
    ),
}


def sampled(everything: Sequence[Item], sample: Sequence[Item]) -> Sequence[Item]:
    """Return everything in `make test-all`, else the sample."""
    return everything if IS_WHOLE else sample


def places_missing() -> Iterator[str]:
    """Give the places of the lists where nothing stands any more."""
    for marker, places in PLACES.items():
        yield from (f"{marker}: {place}" for place in places if not (TESTS / place).exists())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for marker, places in PLACES.items():
        folders = [TESTS / place for place in places]
        for item in items:
            if any(folder == item.path or folder in item.path.parents for folder in folders):
                item.add_marker(marker)
    if not IS_WHOLE and "whole" not in (config.getoption("-m") or ""):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("whole")])
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
