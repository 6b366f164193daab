import pytest

from cms.wall import scope
from tests.cases.steps import open_case
from tests.dashboards.world import World
from tests.retention.steps import time_passes


@pytest.fixture
def world(cast):
    """The coordination is acting for the whole test, and writes what the test needs."""
    with scope.acting(cast["coordination"]):
        yield World(cast["coordination"])


@pytest.fixture
def old_file(cast):
    """A file whose only request was closed three years ago."""
    from cases.requests.services.sollicitations import sollicitation_close

    with scope.acting(cast["coordination"]):
        sollicitation, case = open_case(cast)
        sollicitation_close(sollicitation=sollicitation, by=cast["coordination"], outcome_id="decision:SANS-SUITE")
    time_passes(3 * 365)
    return case
