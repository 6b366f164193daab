"""Every check of `make quality`. All of them run, then the verdict.

python -m tools.quality
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import pg
from tools.audit import NOTICE
from tools.paths import CLONE, VENV, VENV_PYTHON
from tools.steps import StepError, step

APPS = ("cases", "cms", "dashboards", "formation", "referentiel")
# Values of no use elsewhere: `check --deploy` reads settings and files, and opens no connection.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "HAVRE_CLAMD": "unix:/run/clamav/clamd.ctl",
    "HAVRE_ON_CALL_PHONE": "01 99 00 00 00",
    "TRUSTED_PROXY_COUNT": "1",
    "DEFAULT_FROM_EMAIL": "Havre <ne-pas-repondre@havre.example>",
    "ALLOWED_HOSTS": "havre.example",
    "BASE_URL": "https://havre.example",
    "DATABASE_URL": "postgresql://havre_app@db.invalid/havre?sslmode=verify-full",
    "DATABASE_OWNER_URL": "postgresql://havre@db.invalid/havre?sslmode=verify-full",
}


def main() -> int:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": pg.TEST_SETTINGS_MODULE}
    started_here = not env.get("DATABASE_URL") and not pg.is_running(pg.data_dir(tests=True))
    try:
        with tempfile.TemporaryDirectory() as folder:
            failed = [label for label, command, extra in checks(folder) if not passes(label, command, env | extra)]
    finally:
        if started_here:
            pg.stop_server(tests=True)
    print(f"\nÀ corriger : {', '.join(failed)}." if failed else "\nQualité : tout est en ordre.")
    return 1 if failed else 0


def checks(folder: str) -> list[tuple[str, list[object], dict[str, str]]]:
    tool, manage = VENV / "bin", [VENV_PYTHON, "manage.py"]
    ring = os.path.join(folder, "keyring")
    make_ring = "import sys; from cms.vault.keyring import keyring_create; keyring_create(sys.argv[1])"
    production = PRODUCTION | {"HAVRE_VAR": folder, "HAVRE_FILES": folder, "HAVRE_KEYRING": ring}
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    return [
        ("Règles de code", [tool / "ruff", "check", "--output-format=concise", "."], {}),
        ("Mise en forme", [tool / "ruff", "format", "--check", "--output-format=concise", "."], {}),
        ("Gabarits", [tool / "djlint", "--lint", "--quiet", *templates()], {}),
        ("Sens des imports", [tool / "lint-imports", "--no-cache", "--no-logo"], {}),
        ("Plan de la maison", [VENV_PYTHON, "-m", "tools.house"], {}),
        ("Types", [tool / "mypy"], {}),
        ("Inventaire des paquets et licences", [VENV_PYTHON, "-m", "tools.sbom", "--check"], {}),
        ("Failles connues des paquets", [VENV_PYTHON, "-m", "tools.audit"], {}),
        ("Migrations manquantes", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("Trousseau d’une production", [VENV_PYTHON, "-c", make_ring, ring], production),
        ("Fichiers d’une production", [*manage, "collectstatic", "--noinput", "-v0"], production),
        ("Réglages de production", deploy, production),
    ]


def templates() -> list[Path]:
    return sorted(path for app in APPS for path in (CLONE / app).glob("**/templates/**/*.html"))


def passes(label: str, command: list[object], env: dict[str, str]) -> bool:
    try:
        with step(label):
            done = subprocess.run(
                [str(part) for part in command], cwd=CLONE, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise StepError(f"{done.stdout}{done.stderr}")
        print("".join(f"    {line}\n" for line in done.stdout.splitlines() if line.startswith(NOTICE)), end="")
    except StepError as error:
        print(error)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
