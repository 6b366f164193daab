from pathlib import Path

import pytest

from cms.vault.keyring import keyring_create
from cms.vault.sealing import purpose_register

purpose_register("a.b.c")


@pytest.fixture(autouse=True)
def ring_path(settings, tmp_path: Path) -> Path:
    """A key ring of this test alone."""
    path = tmp_path / "keyring.json"
    keyring_create(path)
    settings.HAVRE_KEYRING = path
    return path
