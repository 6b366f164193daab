import pytest

from tests import cast as tests_cast


@pytest.fixture
def rows(cast):
    """`rows["case_a"]`: rows about minors that each of the cast owns, or must never see."""
    return tests_cast.rows()
