"""What `deploy/` holds is read by the programs that will read it: systemd, the shell, Prometheus's YAML."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.missing import tool_missing
from tools import clock
from tools.paths import CLONE

DEPLOY = CLONE / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
EXPOSURE = 2.0
"""What `systemd-analyze security` may find, of ten."""


@pytest.fixture
def analyze():
    program = shutil.which("systemd-analyze")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("systemd-analyze introuvable : installez le paquet systemd", pytrace=False)
    if program is None:
        pytest.skip("systemd-analyze introuvable")

    def run(*words: str) -> str:
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


def installed(folder: Path) -> list[str]:
    """Copy the units where each names programs that are there, as on a machine where Havre is installed."""
    paths = []
    for unit in [*UNITS, *TIMERS]:
        text = re.sub(r"^(Exec\w+=)\S+", r"\1/bin/true", unit.read_text(), flags=re.MULTILINE)
        (folder / unit.name).write_text(text.replace("file:///opt/havre", "file:///"))
        paths.append(str(folder / unit.name.replace("@.", "@essai.")))
    (folder / "havre-tell@essai.service").write_text((folder / "havre-tell@.service").read_text())
    return paths


def test_systemd_reads_every_unit(analyze, tmp_path):
    said = analyze("verify", "--man=no", *installed(tmp_path))
    assert [line for line in said.splitlines() if "havre-" in line] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_is_hardened(unit, analyze, tmp_path):
    if "@" in unit.name:
        (tmp_path / unit.name.replace("@.", "@essai.")).write_text(unit.read_text())
    place = tmp_path / unit.name.replace("@.", "@essai.") if "@" in unit.name else unit
    said = analyze("security", "--offline=true", "--no-pager", str(place))
    level = re.search(r"exposure level for \S+: ([\d.]+)", said)
    assert level, said[-500:]
    assert float(level[1]) <= EXPOSURE


def test_every_program_of_ours_that_a_unit_starts_is_there():
    named = {path for unit in UNITS for path in re.findall(r"/opt/havre/(deploy/\S+)", unit.read_text())}
    assert [path for path in named if not os.access(CLONE / path, os.X_OK)] == []
    commands = {name for unit in UNITS for name in re.findall(r"manage\.py (\w+)", unit.read_text())}
    ours = {path.stem for path in (CLONE / "cms").rglob("management/commands/*.py")}
    assert commands - ours - {"check"} == set()


def test_only_the_backup_and_its_drill_read_the_login_of_the_owner():
    readers = [unit.stem for unit in UNITS if "owner.env" in unit.read_text()]
    assert readers == ["havre-backup", "havre-drill"]
    assert [unit.stem for unit in UNITS if "job.env" in unit.read_text()] == ["havre-verify", "havre-worker"]


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.read_text().startswith("#!"))
)
def test_the_shell_reads_every_script(path):
    done = subprocess.run(["/bin/sh", "-n", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert os.access(path, os.X_OK)


def test_the_trial_mounts_files_that_are_there_and_gives_the_owner_to_nobody_that_serves():
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    services = compose["services"]
    assert [name for name, each in services.items() if "owner.env" in str(each.get("env_file"))] == ["prepare"]
    assert [name for name, each in services.items() if "job.env" in str(each.get("env_file"))] == ["prepare", "worker"]
    mounted = re.findall(r"\.\./\S+?(?=:)", (DEPLOY / "container" / "compose.yaml").read_text())
    assert [path for path in mounted if not (DEPLOY / "container" / path).exists()] == []
    assert all(services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"] for name in ("web", "worker"))


def test_the_image_runs_as_nobody_in_particular():
    lines = (DEPLOY / "container" / "Containerfile").read_text().splitlines()
    assert "USER 10001:10001" in lines
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert [word for word in copied if not word.startswith("--") and not (CLONE / word).exists()] == []


def test_haproxy_reads_its_file():
    if not shutil.which("haproxy"):
        tool_missing("haproxy introuvable : apt-get install haproxy")
    command = ["haproxy", "-c", "-f", str(DEPLOY / "postgresql" / "haproxy.cfg")]
    # It asks the hour without end of a clock that is not the machine's.
    done = subprocess.run(command, env=clock.real_time(), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
