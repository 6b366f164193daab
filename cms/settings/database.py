"""Connections. Every one acts as `havre_app`, which owns nothing; a few commands open the owner's."""

import os
import sys
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from django.db.models import Model

from tools.pg import ensure_server

APP_ROLE = "havre_app"
PRODUCTION = "cms.settings.production"
NOWHERE: dict = {"ENGINE": "django.db.backends.dummy"}
"""Production without `DATABASE_URL`: the server of the demo never starts beside it, and `check --deploy` says why."""
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""Seconds, then milliseconds: a server that vanished is given up before the person is. Sockets of one machine ignore
all but the first.
"""
OWNER_COMMANDS = {"generate_volume", "migrate", "createcachetable", "backup", "restore", "reseal", "retention_replay"}


def databases() -> dict:
    """Return the connections of this process: `default`, and `limits` (same server, outside their transactions)."""
    default = connection(owner=as_owner())
    return {"default": default, "limits": {**default, "TEST": {"MIRROR": "default"}}}


def as_owner() -> bool:
    """Return True for the few commands that change the schema, or copy or seal again the whole database."""
    # The seals of identities are hidden from the application without a reveal: checking them all is the owner's.
    return len(sys.argv) > 1 and (sys.argv[1] in OWNER_COMMANDS or sys.argv[1:3] == ["verify", "seals"])


def connection(*, owner: bool) -> dict:
    """One connection. Without `DATABASE_URL`, the embedded server of demo and tests is started."""
    url = os.environ.get("DATABASE_URL")
    if owner:
        url = os.environ.get("DATABASE_OWNER_URL", url)
    options: dict[str, Any] = dict(PATIENCE)
    if not url and os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION:
        return NOWHERE.copy()
    if not url:
        url = ensure_server()
    if not owner and urlparse(url).username != APP_ROLE:
        options["options"] = f"-c role={APP_ROLE}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parse(url),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def parse(url: str) -> dict:
    """Django's keys out of a `postgresql://` address; `?host=` names a socket folder."""
    parts = urlparse(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
    }


class LimitsRouter:
    """Sends the cache of limits to its own connection, so that a rolled-back request still counts."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "limits" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return db == "default"
