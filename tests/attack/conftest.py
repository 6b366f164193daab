import pytest

from cms.data_rights.readings.settings import LIMITS
from cms.values.services import setting_change

MOST = 10_000
"""The greatest value that these settings take."""


@pytest.fixture
def wide_limits(cast, acting_as):
    """Limits above what one account sends here: a probe that the brake answers proves nothing of the wall."""
    with acting_as("direction"):
        for key, *_ in LIMITS.values():
            setting_change(key=key, value=MOST, changed_by_id=cast["direction"].pk)
