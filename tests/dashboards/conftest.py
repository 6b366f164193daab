import pytest

from tests.dashboards.world import World


@pytest.fixture
def world(cast):
    """The coordination is acting for the whole test, and writes what the test needs."""
    from cms.wall import scope

    with scope.acting(cast["coordination"]):
        yield World(cast["coordination"])
