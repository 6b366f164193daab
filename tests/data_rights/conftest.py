import pytest

from tests.cast.everything import all_rows


@pytest.fixture
def found(db):
    """Rows of the cast, by name."""
    return all_rows()


@pytest.fixture
def request_a(found):
    return found["request_a"]


@pytest.fixture
def request_dpo(found):
    return found["request_dpo"]
