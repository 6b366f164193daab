"""Where things are. Standard library only: these modules run before the environment exists."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Tests and demo start a dozen processes: each would compile three thousand files again, ten seconds of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

CLONE = Path(__file__).resolve().parents[1]
VENV = CLONE / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def var_dir() -> Path:
    """Folder of everything that changes: database, uploaded files, logs."""
    return Path(os.environ.get("HAVRE_VAR") or CLONE / "var").expanduser().resolve()


def log_dir() -> Path:
    return var_dir() / "log"


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold `path` against other processes; BlockingIOError when it is held and `wait` is False."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
