"""What stands beside an instance that starts."""

import sys
from pathlib import Path

import pytest

from cms.vault.keyring import keyring_create
from tests.operations.production import instance, run


@pytest.fixture(scope="session")
def collected(tmp_path_factory) -> Path:
    """Everything that stands beside an instance: folder of files, key ring, files of the pages."""
    folder = tmp_path_factory.mktemp("production")
    (folder / "files").mkdir(mode=0o700)
    keyring_create(folder / "ring")
    code, said = run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], instance(folder))
    assert code == 0, said
    return folder
