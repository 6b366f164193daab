"""How much is run: `make test` runs a sample of what is generated, the same each time; `make test-all` runs it whole.

- A test marked `whole` runs in `make test-all` alone. So does one that has a database of its own, which costs
  seconds to copy, a browser or processes that it kills: `make test` keeps the key jobs and one of each kind (`KEPT`).
- A test marked `sampled` asks `IS_WHOLE`, or `sampled(everything, sample)`, how much it walks through.
- Properties are tried on examples drawn alike at each run of `make test`, and anew in `make test-rest`.
- Tests of what reads a clock are marked `clock`, long ones `slow`, by their place: the lists below.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

TESTS = Path(__file__).resolve().parents[1]
Item = TypeVar("Item")
OWN_DATABASE = "committed"
IS_WHOLE = os.environ.get("HAVRE_TESTS") == "whole"
if not IS_WHOLE:
    settings.register_profile("sample", derandomize=True)
    settings.load_profile("sample")
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

KEPT = (
    # Pages, each once, and the key jobs of the people.
    "browser/test_pages.py",
    "browser/test_admin.py",
    "browser/test_story.py",
    "browser/test_figures.py",
    "browser/test_incidents.py",
    "browser/test_signing.py",
    "browser/test_signature.py::test_a_director_signs_on_a_phone_and_the_coordination_sees_it",
    "browser/test_chain.py::test_a_request_is_sent_without_javascript",
    "browser/test_connexion.py::test_without_javascript_a_form_sent_too_late_is_found_again",
    # Each kind of fault once: worker killed and gateway dead, database stopped, transaction cut, body and row apart.
    "attack/test_killed_web.py",
    "notify/test_killed.py",
    "operations/test_outage.py",
    "files/test_store.py::TestCommitted::test_a_rollback_leaves_nothing",
    # Each kind of race once: an answer, a place, a decision by two people, what is counted, what is told.
    "cases/test_concurrency.py::test_two_answers_of_one_structure_at_once_are_one",
    "cases/test_concurrency.py::test_arrivals_at_once_never_exceed_the_places",
    "cases/test_concurrency.py::test_two_agreements_at_once_merge_once",
    "dashboards/figures/test_kept.py::test_a_change_between_the_state_and_the_rows_is_counted_again",
    "documents/test_versions.py::test_two_publications_at_once",
    "documents/test_versions.py::test_the_owner_is_stopped_by_a_trigger[DELETE",
    # What an attacker or a bad day would do to the database itself.
    "wall/test_markers.py::test_no_sealed_word_stands_in_clear_anywhere",
    "wall/test_login.py::test_a_powerful_login_is_refused[SUPERUSER",
    "operations/test_backup.py::test_backup_comes_back_whole_and_verified",
    "retention/test_runs.py::test_nothing_sealed_remains_of_what_was_erased",
)
"""Of the tests with a database of their own, those of `make test`: names of tests, by their beginning."""


def sampled(everything: Sequence[Item], sample: Sequence[Item]) -> Sequence[Item]:
    """Return everything in `make test-all`, else the sample."""
    return everything if IS_WHOLE else sample


def is_kept(item: pytest.Item) -> bool:
    return item.nodeid.removeprefix("tests/").startswith(KEPT)


def places_missing() -> Iterator[str]:
    """Give the places of the lists where nothing stands any more."""
    for name in KEPT:
        path, _, test = name.partition("::")
        function = test.rpartition("::")[2].partition("[")[0]
        if function not in ((TESTS / path).read_text() if (TESTS / path).exists() else ""):
            yield f"kept: {name}"
    for marker, places in PLACES.items():
        yield from (f"{marker}: {place}" for place in places if not (TESTS / place).exists())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for marker, places in PLACES.items():
        folders = [TESTS / place for place in places]
        for item in items:
            if any(folder == item.path or folder in item.path.parents for folder in folders):
                item.add_marker(marker)
    for item in items:
        if OWN_DATABASE in getattr(item, "fixturenames", ()) and not is_kept(item):
            item.add_marker("whole")
    if not IS_WHOLE and "whole" not in (config.getoption("-m") or ""):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("whole")])
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
