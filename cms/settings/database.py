"""Connections. Every one acts as `havre_app`, which owns nothing; a few commands open the owner's."""

import os
import sys
from typing import Any

from django.db.models import Model
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from cms.settings import environment
from tools.pg import ensure_server

APP_ROLE = "havre_app"
PRODUCTION = "cms.settings.production"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEFAULTS = {"connect_timeout": "5", "application_name": "havre"}
NETWORK = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "15000"}
"""Where the address does not say otherwise: a server that vanished is noticed in fifteen seconds, not in hours."""
POOLED_SECONDS = 60
NOWHERE: dict = {"ENGINE": "django.db.backends.dummy"}
"""Production without `DATABASE_URL`: the server of the demo never starts beside it, and `check --deploy` says why."""
OWNER_COMMANDS = {
    *("migrate", "createcachetable", "sync_roles"),
    *("backup", "restore", "drill_restore", "reseal", "retention_replay", "generate_volume"),
}


def databases() -> dict:
    """Return the connections of this process: `default`, `limits` (same server, outside their transactions), and
    `reads`, a standby, when there is one.
    """
    default = connection(owner=as_owner())
    known = {"default": default, "limits": {**default, "TEST": {"MIRROR": "default"}}}
    if environment.text("DATABASE_READ_URL") and not as_owner():
        known["reads"] = standby()
    return known


def as_owner() -> bool:
    """Return True for the few commands that change the schema, or copy or seal again the whole database."""
    # The seals of identities are hidden from the application without a reveal: checking them all is the owner's.
    return len(sys.argv) > 1 and (sys.argv[1] in OWNER_COMMANDS or sys.argv[1:3] == ["verify", "seals"])


def standby() -> dict:
    """Return the connection to a standby, for long readings: nothing is written through it, whatever it opens."""
    try:
        given = parse(environment.text("DATABASE_READ_URL"))
    except ProgrammingError:  # said by `check --deploy`; nothing is read there meanwhile
        return NOWHERE.copy()
    role = "" if given["USER"] == APP_ROLE else f"-c role={APP_ROLE}"
    asked = given["OPTIONS"].get("options", "")
    given["OPTIONS"]["options"] = f"{asked} {role} -c default_transaction_read_only=on".strip()
    # With several hosts, whichever follows: `parse` asks for the one that accepts writes.
    if given["OPTIONS"].get("target_session_attrs") == "read-write":
        given["OPTIONS"]["target_session_attrs"] = "prefer-standby"
    return {
        "ENGINE": "django.db.backends.postgresql",
        **given,
        "CONN_MAX_AGE": POOLED_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "default"},
    }


def connection(*, owner: bool) -> dict:
    """One connection. Without `DATABASE_URL`, the embedded server of demo and tests is started."""
    # Where the web answers, nobody gives the address of the jobs: it would refuse to start.
    jobs = environment.text("DATABASE_JOB_URL")
    url = jobs or environment.text("DATABASE_URL")
    if owner:
        url = environment.text("DATABASE_OWNER_URL") or url
    if not url and os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION:
        return NOWHERE.copy()
    try:
        given = parse(url or ensure_server())
    except ProgrammingError:  # said by `check --deploy`, in production
        if os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION:
            return NOWHERE.copy()
        raise
    if not owner and given["USER"] != APP_ROLE:
        asked = given["OPTIONS"].get("options", "")
        given["OPTIONS"]["options"] = f"{asked} -c role={APP_ROLE}".strip()
    is_pooled = environment.switch("DATABASE_POOLER") and not owner and not jobs
    return {
        "ENGINE": "django.db.backends.postgresql",
        **given,
        "CONN_MAX_AGE": POOLED_SECONDS if is_pooled else 600,
        "CONN_HEALTH_CHECKS": True,
        # A cursor of the server is left on the connection that the pooler gives to somebody else.
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
    }


def parse(url: str) -> dict:
    """Django's keys out of an address, as libpq reads it: several hosts, sockets, TLS, every option.

    Raise `psycopg.ProgrammingError` for what libpq does not read; its message may quote a password.
    """
    given = {**DEFAULTS, **conninfo_to_dict(url)}
    host = str(given.pop("host", ""))
    if "," in host:
        given.setdefault("target_session_attrs", "read-write")
    if is_remote(host):
        given = {**NETWORK, **given}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "PORT": "port"}
    keys = {key: str(given.pop(name, "")) for key, name in names.items()}
    return {**keys, "HOST": host, "OPTIONS": given}


def is_remote(host: str) -> bool:
    """Return whether one of these hosts is reached by a network, and not by a socket nor on this machine."""
    return any(each and not each.startswith(("/", "@")) and each not in LOOPBACK for each in host.split(","))


class LimitsRouter:
    """Sends the cache of limits to its own connection, so that a rolled-back request still counts."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "limits" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return db == "default"
