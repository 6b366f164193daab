"""Known weaknesses of the pinned packages, as OSV (osv.dev) lists them, through pip-audit.

python -m tools.audit

Without an answer of the service within a few seconds, the audit is not made: this is said, and nothing fails. A
weakness fails, unless `ACCEPTED` says why it does not reach us.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request

from tools.paths import CLONE, VENV_PYTHON
from tools.steps import fail

SERVICE = "https://api.osv.dev/v1/vulns/PYSEC-2021-439"
ANSWER_SECONDS, AUDIT_SECONDS = 4, 180
LISTS = ("quality", "uv")
# What `make quality` shows of a step that passed.
NOTICE = "À savoir :"
# Identifier of a weakness → why it does not reach us, and until when. Empty is what it should be.
ACCEPTED: dict[str, str] = {}


def unreachable() -> str:
    """Return why the service does not answer, or nothing when it does; an error of HTTP is an answer."""
    try:
        urllib.request.urlopen(SERVICE, timeout=ANSWER_SECONDS).close()
    except urllib.error.HTTPError as error:
        return f"erreur {error.code}" if error.code >= 500 else ""
    except OSError as error:
        return str(getattr(error, "reason", error))
    return ""


def audit() -> tuple[list[str], str]:
    """Return the weaknesses found, and why nothing could be found out if so."""
    lists = [part for name in LISTS for part in ("-r", f"requirements/{name}.txt")]
    options = [
        "--format=json",
        "--aliases=on",
        "--progress-spinner=off",
        "--vulnerability-service=osv",
        "--timeout=10",
    ]
    command = [str(VENV_PYTHON), "-m", "pip_audit", "--disable-pip", "--require-hashes", *options, *lists]
    try:
        done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True, timeout=AUDIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [], f"pas de réponse complète en {AUDIT_SECONDS} secondes"
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return [], (done.stderr.strip().splitlines() or ["pip-audit n’a rien répondu"])[-1]
    return [line for package in packages for line in weaknesses(package)], ""


def weaknesses(package: dict) -> list[str]:
    return [
        f"{package['name']} {package['version']} : {found['id']}, corrigé en {', '.join(found['fix_versions']) or '?'}"
        for found in package.get("vulns", [])
        if not {found["id"], *found.get("aliases", [])} & set(ACCEPTED)
    ]


def main() -> int:
    reason = unreachable()
    found, reason = ([], reason) if reason else audit()
    if reason:
        print(f"{NOTICE} l’audit des paquets n’a PAS été fait ({reason}). Relancez là où api.osv.dev répond.")
        return 0
    if found:
        return fail("\n".join([*found, "Lancez « make lock ARGS=--upgrade », ou dites pourquoi dans ACCEPTED."]))
    print(f"{NOTICE} aucune faille connue dans les paquets épinglés, dit osv.dev.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
