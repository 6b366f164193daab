import pytest

from tests.cast.situations import rows as cast_rows


@pytest.fixture
def rows(cast):
    """`rows["case_a"]`: rows about minors that each of the cast owns, or must never see."""
    return cast_rows()
