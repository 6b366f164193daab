"""Drills of `deploy/drills/`, on Debian's own packages: a small one each, their figures are printed by hand."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.missing import tool_missing
from tools import clock
from tools.paths import CLONE

PYTHON = "/usr/bin/python3"


@pytest.mark.whole
def test_any_minute_is_given_back(tmp_path):
    """On the real clock: a moment is asked for, and PostgreSQL writes its own."""
    if not shutil.which("pgbackrest") or not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        tool_missing("pgbackrest introuvable : apt-get install postgresql pgbackrest")
    if os.geteuid() != 0:
        tool_missing("l’exercice se lance en root : il prend le compte de PostgreSQL")
    drill = [PYTHON, str(CLONE / "deploy" / "drills" / "pitr.py"), "--lignes", "20"]
    done = subprocess.run(drill, cwd=tmp_path, env=clock.real_time(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"rows given back +20\n", done.stdout)
    assert done.stdout.endswith("intact\n")
