"""What a test does where a program that it drives is not installed."""

import os
from typing import NoReturn

import pytest


def tool_missing(said: str) -> NoReturn:
    """Skip the test on somebody's machine; fail where `CI` is set, which installs every program."""
    if os.environ.get("CI"):
        pytest.fail(said, pytrace=False)
    pytest.skip(said)
