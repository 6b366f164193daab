"""A production made for the tests: its variables, and real processes that start with them."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from tests import database

KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG")
REQUIRED = {
    "ALLOWED_HOSTS": "ALLOWED_HOSTS manque",
    "SECRET_KEY": "SECRET_KEY manque",
    "BASE_URL": "BASE_URL () doit commencer par https://",
    "DATABASE_URL": "DATABASE_URL manque",
    "HAVRE_KEYRING": "HAVRE_KEYRING manque",
    "HAVRE_CLAMD": "HAVRE_CLAMD manque",
    "HAVRE_ON_CALL_PHONE": "HAVRE_ON_CALL_PHONE manque",
    "TRUSTED_PROXY_COUNT": "TRUSTED_PROXY_COUNT (non renseigné)",
    "DEFAULT_FROM_EMAIL": "DEFAULT_FROM_EMAIL n’est pas l’adresse d’un domaine",
}
START = [sys.executable, "-c", "import cms.wsgi"]
WORKER = [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot"]
CHECK = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    done = subprocess.run(
        command, cwd=database.ROOT, env=kept | environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def instance(folder: Path) -> dict[str, str]:
    """Return the variables of a production where nothing is wrong."""
    return {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "HAVRE_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "havre.example",
        "BASE_URL": "https://havre.example",
        "DATABASE_URL": "postgresql://havre_app@db.invalid/havre?sslmode=verify-full",
        "HAVRE_KEYRING": str(folder / "ring"),
        "HAVRE_CLAMD": "unix:/run/clamav/clamd.ctl",
        "HAVRE_ON_CALL_PHONE": "01 99 00 00 00",
        "TRUSTED_PROXY_COUNT": "1",
        "DEFAULT_FROM_EMAIL": "Havre <ne-pas-repondre@havre.example>",
    }
