"""A private folder for each test, and a real clamd with a database of one signature."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.cast.everything import all_rows
from tests.missing import tool_missing

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MISSING = "clamd introuvable : installez le paquet clamav-daemon"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.HAVRE_FILES = tmp_path / "files"
    return settings.HAVRE_FILES


@pytest.fixture
def rows(db):
    return all_rows()


def bodies(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def find_clamd() -> str | None:
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("antivirus") is None or find_clamd():
        return
    tool_missing(MISSING)


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """Path of the socket of a clamd that knows one virus, the one that every antivirus knows for tests."""
    place = tmp_path_factory.mktemp("clamd")
    (place / "db").mkdir()
    (place / "db" / "test.ndb").write_text(f"Essai-Eicar:0:*:{EICAR.hex()}\n")
    socket = place / "clamd.sock"
    lines = [
        f"DatabaseDirectory {place / 'db'}",
        f"LocalSocket {socket}",
        f"TemporaryDirectory {place}",
        "Foreground yes",
    ]
    (place / "clamd.conf").write_text("\n".join(lines) + "\n")
    with (place / "clamd.log").open("wb") as log:
        process = subprocess.Popen([find_clamd(), "--config-file", str(place / "clamd.conf")], stdout=log, stderr=log)
    for _ in range(300):
        if socket.exists() or process.poll() is not None:
            break
        time.sleep(0.1)
    assert socket.exists(), (place / "clamd.log").read_text()
    yield socket
    process.terminate()
    process.wait()
