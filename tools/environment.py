"""The virtual environment, filled from the pinned lists of `requirements/`. Does nothing when it is up to date.

python3 -m tools.environment base|demo|test|quality
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

from tools.paths import CLONE, VENV, VENV_PYTHON, locked
from tools.steps import StepError, fail, run, step

# Each level holds the one before, with the same versions.
LEVELS = ("base", "demo", "test", "quality")
STAMP = VENV / "havre.json"
OLDEST, NEXT = (3, 11), (3, 14)


def ensure(level: str) -> None:
    """Install at least `level`; packages of a higher level already there stay."""
    check_python()
    with locked(CLONE / ".venv.lock"):
        installed = _read_stamp()
        wanted = max(level, installed.get("level", LEVELS[0]), key=LEVELS.index)
        target = {"level": wanted, "digest": _digest(wanted)}
        if installed == target and _runs():
            return
        if not _runs():
            with step("Création de l’environnement Python"):
                _create()
        with step("Installation des paquets"):
            STAMP.unlink(missing_ok=True)
            _install(wanted)
            STAMP.write_text(json.dumps(target))


def check_python() -> None:
    if not OLDEST <= sys.version_info[:2] < NEXT:
        version = ".".join(map(str, sys.version_info[:3]))
        raise StepError(f"Il faut Python 3.11, 3.12 ou 3.13 ; celui-ci est en version {version}.")


def _read_stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _digest(level: str) -> str:
    parts = [(CLONE / "requirements" / f"{name}.txt").read_bytes() for name in ("uv", level)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _runs() -> bool:
    """Say whether the environment runs: False too if it was moved, or its Python is gone or too old."""
    try:
        command = [str(VENV_PYTHON), "-c", "import sys; print(sys.prefix, *sys.version_info[:2], sep='\\n')"]
        prefix, *version = subprocess.check_output(command, stderr=subprocess.DEVNULL, text=True).splitlines()
    except (OSError, subprocess.CalledProcessError):
        return False
    return os.path.realpath(prefix) == str(VENV) and OLDEST <= tuple(map(int, version)) < NEXT


def _create() -> None:
    try:
        run([sys.executable, "-m", "venv", "--clear", VENV], log="setup")
    except StepError as error:
        hint = "Sous Debian ou Ubuntu, le module manque souvent : apt install python3-venv"
        raise StepError(f"{error}\n{hint}") from error


def _install(level: str) -> None:
    requirements = CLONE / "requirements"
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    try:
        run([*pip, "-r", requirements / "uv.txt"], log="setup")
        # The system's certificates, as pip: many networks of administrations have an authority of their own.
        uv = [VENV / "bin" / "uv", "pip", "sync", "--system-certs", "--python", VENV_PYTHON, "--require-hashes"]
        run([*uv, requirements / f"{level}.txt"], log="setup")
    except StepError as error:
        raise StepError(f"{error}\nL’installation demande un accès à vos paquets Python et de la place.") from error


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in LEVELS:
        print(__doc__)
        return 2
    try:
        ensure(arguments[0])
    except StepError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
