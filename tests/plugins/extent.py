"""How much is run: `make test` runs a sample of what is generated, the same each time; `make test-all` runs it whole.

- A test marked `whole` runs in `make test-all` alone.
- `sampled(everything, sample)` is what a test walks through, or is parametrized with.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")
IS_WHOLE = os.environ.get("HAVRE_TESTS") == "whole"


def sampled(everything: Sequence[Item], sample: Sequence[Item]) -> Sequence[Item]:
    return everything if IS_WHOLE else sample


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if IS_WHOLE:
        return
    left = [item for item in items if item.get_closest_marker("whole")]
    items[:] = [item for item in items if not item.get_closest_marker("whole")]
    config.hook.pytest_deselected(items=left)
