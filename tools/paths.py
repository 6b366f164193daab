"""Where things are. Standard library only: these modules run before the environment exists."""

from __future__ import annotations

import os
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
VENV = CLONE / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def var_dir() -> Path:
    """Folder of everything that changes: database, uploaded files, logs."""
    return Path(os.environ.get("HAVRE_VAR") or CLONE / "var").expanduser().resolve()


def log_dir() -> Path:
    return var_dir() / "log"
