"""Which settings a command reads when nobody says so: those of development, unless production stands beside it."""

import os
import sys

from psycopg import ProgrammingError

from cms.settings import environment
from cms.settings.database import PRODUCTION, parse
from tools.pg import data_dir, socket_dir

SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_JOB_URL")
SECRETS = ("SECRET_KEY", "HAVRE_KEYRING")


def settings_choose(arguments: list[str]) -> None:
    """Name the settings of development. Exit when variables of a real instance are there without named settings."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") or any(word.startswith("--settings") for word in arguments):
        return
    found = [name for name in SERVERS if _is_elsewhere(environment.text(name))]
    found += [name for name in SECRETS if environment.is_given(name)]
    if found:
        sys.exit(
            f"DJANGO_SETTINGS_MODULE n’est pas donné, et {', '.join(found)} désigne une instance : rien n’est lancé, "
            "car les réglages de développement lèvent la double authentification. "
            f"Donnez DJANGO_SETTINGS_MODULE={PRODUCTION}, ou cms.settings.dev pour une base de développement."
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"


def _is_elsewhere(url: str) -> bool:
    """Return whether an address is not that of the embedded server."""
    if not url:
        return False
    embedded = {str(socket_dir(data_dir(tests=tests))) for tests in (False, True)}
    try:
        return parse(url)["HOST"] not in embedded
    except ProgrammingError:  # not an address: certainly not ours
        return True
