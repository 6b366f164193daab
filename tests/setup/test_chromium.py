"""Browser tests without a browser: said once, or refused in CI."""

import os
import subprocess
import sys

import pytest

from tools.paths import CLONE

PROBE = """
import pytest

@pytest.mark.browser
def test_page(): pass

def test_other(): pass
"""


@pytest.fixture
def run_probe(tmp_path):
    """Runs pytest on one browser test and one other, where there is no Chromium."""
    (tmp_path / "test_probe.py").write_text(PROBE)
    ini = tmp_path / "pytest.ini"
    ini.write_text("[pytest]\nmarkers = browser\n")

    def run(**env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-c", str(ini), "-p", "tests.plugins.chromium", "-p", "no:django"]
        base = {name: value for name, value in os.environ.items() if name != "CI"}
        return subprocess.run(
            [*command, "-n", "0", "--rootdir", str(tmp_path), str(tmp_path)],
            cwd=CLONE,
            env=base | {"CHROMIUM": "no-such-browser"} | env,
            capture_output=True,
            text=True,
        )

    return run


def test_absence_is_one_line(run_probe):
    done = run_probe()
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Tests de navigateur ignorés : 1.") == 1


def test_absence_fails_in_ci(run_probe):
    done = run_probe(CI="true")
    assert done.returncode == 1, done.stdout
    assert "1 passed, 1 error" in done.stdout
