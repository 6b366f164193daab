"""Every variable that an instance gives: its name, kind, default and meaning; and the only reader of them.

A value that cannot be read is a fault, and its default stands in: settings load to the end, so that `check --deploy`
lists every fault at once (`cms/operations/deployment.py`). `docs/production.md` shows this list.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a value is. The label is the word of the documentation."""

    TEXT = "text", "text"
    NUMBER = "number", "whole number"
    SWITCH = "switch", "0 or 1"
    LIST = "list", "words separated by commas"
    FILE = "file", "path"
    ADDRESS = "address", "address"
    DATABASE = "database", "`postgresql://` address"
    PLACE = "place", "path, or `s3://` address"


class Area(TextChoices):
    """What a variable is for: a heading of the documentation."""

    SITE = "site", "Site"
    DATABASE = "database", "Database"
    SECRETS = "secrets", "Keys and files"
    MAIL = "mail", "Mail"
    ON_CALL = "on_call", "On-call"
    WATCH = "watch", "Watching"
    PROCONNECT = "proconnect", "ProConnect"
    MACHINE = "machine", "Demo, development and tests"


@dataclass(frozen=True)
class Variable:
    """One variable of the environment."""

    name: str
    area: Area
    meaning: str
    kind: Kind = Kind.TEXT
    default: str = ""
    shown: str = ""
    """What stands in for it when nothing is given and the default depends on the rest."""
    is_required: bool = False
    """Production does not start without it."""
    is_secret: bool = False
    """`NAME_FILE` may name a file that holds it."""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 2**31 - 1


VARIABLES = (
    Variable("DJANGO_SETTINGS_MODULE", Area.SITE, "`cms.settings.production`; read by Django", is_required=True),
    Variable("ALLOWED_HOSTS", Area.SITE, "names of the site, never `*`", Kind.LIST, is_required=True),
    Variable(
        "BASE_URL",
        Area.SITE,
        "public address, over https, one of ALLOWED_HOSTS. Every link that leaves the site is made from it: messages, "
        "codes to scan, calendars, papers, API. After a change, run `load_reference`",
        Kind.ADDRESS,
        shown="address that `make` serves",
        is_required=True,
    ),
    Variable(
        "TRUSTED_PROXY_COUNT",
        Area.SITE,
        "proxies of yours in front of the service, exactly. Too high, anybody chooses the address that is counted",
        Kind.NUMBER,
        is_required=True,
    ),
    Variable(
        "HAVRE_PASSKEY_ROLES",
        Area.SITE,
        "roles of whom a passkey is asked, such as `coordination,direction,tech_admin` (sign-in.md)",
        Kind.LIST,
    ),
    Variable("PUBLIC_URL", Area.SITE, "public front built from the content API (content.md)", Kind.ADDRESS),
    Variable(
        "FRONT_CACHE_URL",
        Area.SITE,
        "cache in front of this service: it is told (`PURGE`) when what everybody reads has moved (content.md)",
        Kind.ADDRESS,
    ),
    Variable(
        "PREVIEW_URL",
        Area.SITE,
        "page of a front where a draft is looked at before it is published (content.md). Empty: here",
        Kind.ADDRESS,
    ),
    Variable("CONTENT_ORIGINS", Area.SITE, "origins that may read the content API in browsers", Kind.LIST),
    Variable(
        "HAVRE_FICTITIOUS",
        Area.SITE,
        "1: everybody is invented, and every screen, workbook and PDF says so; opens only a database made for it",
        Kind.SWITCH,
        "0",
    ),
    Variable(
        "DATABASE_URL",
        Area.DATABASE,
        "logs in as `havre_app`, which row security binds. Several hosts (`a:5432,b:5432`) and every option of libpq "
        "are honoured; over a network, `sslmode=verify-full`",
        Kind.DATABASE,
        is_required=True,
        is_secret=True,
    ),
    Variable(
        "DATABASE_OWNER_URL",
        Area.DATABASE,
        "owner of the tables, for `migrate`, `createcachetable`, `sync_roles`, `backup`, `restore`, `drill_restore`, "
        "`reseal`, `retention_replay`. Web and worker refuse to start with it",
        Kind.DATABASE,
        is_secret=True,
    ),
    Variable("DATABASE_POOLER", Area.DATABASE, "1: DATABASE_URL leads to PgBouncer, by transaction", Kind.SWITCH, "0"),
    Variable(
        "DATABASE_JOB_URL",
        Area.DATABASE,
        "logs in as `havre_job`, for the worker and the commands of `manage.py`, and never through the pooler, which "
        "passes no notification on. The web refuses to start with it, the worker without it",
        Kind.DATABASE,
        is_secret=True,
    ),
    Variable(
        "DATABASE_READ_URL",
        Area.DATABASE,
        "the same login on a standby: exports and rows of figures are read there while it is ten seconds late at most",
        Kind.DATABASE,
        is_secret=True,
    ),
    Variable(
        "SECRET_KEY",
        Area.SECRETS,
        "signs sessions, links and sign-ins (run `migrate` after a change): 50 random characters or more",
        is_required=True,
        is_secret=True,
    ),
    Variable(
        "SECRET_KEY_FALLBACKS",
        Area.SECRETS,
        "former keys, still read while sessions opened with them last",
        Kind.LIST,
        is_secret=True,
    ),
    Variable(
        "HAVRE_KEYRING",
        Area.SECRETS,
        "key ring that seals identities: outside the database, mode 600 or less, backed up apart",
        Kind.FILE,
        is_required=True,
    ),
    Variable(
        "HAVRE_FILES",
        Area.SECRETS,
        "where attachments and exports stand, encrypted: a private folder, mode 700, or a bucket, "
        "`s3://bucket/prefix`, which then holds the published files too (files.md)",
        Kind.PLACE,
        shown="`files/` in HAVRE_VAR",
    ),
    Variable("HAVRE_S3_ENDPOINT", Area.SECRETS, "address of the store of the bucket, over https", Kind.ADDRESS),
    Variable("HAVRE_S3_REGION", Area.SECRETS, "its region, as it writes it", default="us-east-1"),
    Variable("HAVRE_S3_KEY", Area.SECRETS, "identifier of an access to this bucket alone"),
    Variable("HAVRE_S3_SECRET", Area.SECRETS, "secret of this access", is_secret=True),
    Variable(
        "HAVRE_S3_CA",
        Area.SECRETS,
        "certificates of the authority that signs the store’s, in PEM",
        Kind.FILE,
        shown="authorities of the system",
    ),
    Variable(
        "HAVRE_CLAMD",
        Area.SECRETS,
        "antivirus asked about each attachment, `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`. Silent: none enters",
        is_required=True,
    ),
    Variable(
        "HAVRE_ANCHORS",
        Area.SECRETS,
        "file where the last line of the journal is kept each day: on another disk, append-only if the system can",
        Kind.FILE,
    ),
    Variable(
        "HAVRE_FORGOTTEN",
        Area.SECRETS,
        "file where what was erased is kept, so that a restored backup erases it again",
        Kind.FILE,
        shown="HAVRE_ANCHORS with `.effaces`",
    ),
    Variable(
        "HAVRE_RESTORE_REPORT",
        Area.SECRETS,
        "report that the restore drill writes: its age is measured (backup.md)",
        Kind.FILE,
        shown="`restauration.json` in HAVRE_VAR",
    ),
    Variable("MEDIA_ROOT", Area.SECRETS, "published files", Kind.FILE, shown="`media/` in HAVRE_VAR"),
    Variable(
        "HAVRE_VAR",
        Area.SECRETS,
        "folder of what the service writes: files of the pages, published files, and the database of the demo",
        Kind.FILE,
        shown="`var/` in the clone",
    ),
    Variable("EMAIL_HOST", Area.MAIL, "mail server", default="localhost"),
    Variable("EMAIL_PORT", Area.MAIL, "its port", Kind.NUMBER, "25", least=1, most=65535),
    Variable(
        "EMAIL_SECURITY",
        Area.MAIL,
        "`starttls` or `ssl`; nothing for a server of this machine only. The certificate is checked",
        choices=("", "starttls", "ssl"),
    ),
    Variable("EMAIL_HOST_USER", Area.MAIL, "account, sent under TLS only"),
    Variable("EMAIL_HOST_PASSWORD", Area.MAIL, "its password", is_secret=True),
    Variable(
        "EMAIL_TIMEOUT",
        Area.MAIL,
        "seconds given to a silent server. It holds a worker that long, and never a request",
        Kind.NUMBER,
        "10",
        least=1,
        most=60,
    ),
    Variable("DEFAULT_FROM_EMAIL", Area.MAIL, "sender of every message: a domain of yours", is_required=True),
    Variable(
        "HAVRE_ON_CALL_PHONE",
        Area.ON_CALL,
        "number of the network's on-call, which people are given while the database does not answer",
        is_required=True,
    ),
    Variable(
        "HAVRE_GATEWAY_URL",
        Area.ON_CALL,
        "gateway of text messages or calls; without it, whoever is on duty is called by mail alone",
        Kind.ADDRESS,
    ),
    Variable(
        "HAVRE_GATEWAY_SECRET",
        Area.ON_CALL,
        "signs what goes to the gateway and comes from it: 32 random characters or more",
        is_secret=True,
    ),
    Variable("HAVRE_OPERATORS", Area.WATCH, "addresses of who runs the machines: told when a unit fails", Kind.LIST),
    Variable(
        "HAVRE_METRICS_TOKEN",
        Area.WATCH,
        "asked of who reads `/metrics` and `/sante/travail` from another machine; without it, this machine alone",
        is_secret=True,
    ),
    Variable(
        "PROMETHEUS_MULTIPROC_DIR",
        Area.WATCH,
        "folder that the web processes share for their counters, emptied when the service starts (the unit does it)",
        Kind.FILE,
        shown="each process for itself",
    ),
    Variable("PROCONNECT_ISSUER", Area.PROCONNECT, "issuer, as its configuration writes it", Kind.ADDRESS),
    Variable("PROCONNECT_CLIENT_ID", Area.PROCONNECT, "given at registration"),
    Variable("PROCONNECT_CLIENT_SECRET", Area.PROCONNECT, "given at registration", is_secret=True),
    Variable(
        "PROCONNECT_ALGORITHM",
        Area.PROCONNECT,
        "signatures agreed on at registration",
        default="RS256",
        choices=("RS256", "ES256"),
    ),
    Variable(
        "PROCONNECT_PKCE",
        Area.PROCONNECT,
        "1: send a PKCE challenge, for a provider that wants one; ProConnect refuses it",
        Kind.SWITCH,
        "0",
    ),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        Area.MACHINE,
        "origins allowed to send forms, behind a proxy; production makes them from ALLOWED_HOSTS",
        Kind.LIST,
    ),
    Variable("DEBUG", Area.MACHINE, "1: detailed error pages", Kind.SWITCH, "0"),
    Variable("HOST", Area.MACHINE, "address of `make demo` and `make run`", default="127.0.0.1"),
    Variable("PORT", Area.MACHINE, "its port", Kind.NUMBER, "8000", least=1, most=65535),
    Variable("HAVRE_TEST_INSTANT", Area.MACHINE, "instant at which tests begin, in Paris (`tools/clock.py`)"),
    Variable(
        "HAVRE_TESTS",
        Area.MACHINE,
        "`whole`: what `make test` samples is run whole",
        choices=("", "whole"),
    ),
    Variable("CHROMIUM", Area.MACHINE, "browser of the tests", Kind.FILE, shown="the first one found"),
)
BY_NAME = {variable.name: variable for variable in VARIABLES}
PREFIX = "HAVRE_"
PLACE = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[a-z0-9][a-z0-9_.-]*)*/?")
KNOWN_ELSEWHERE = {"HAVRE_HOME", "HAVRE_BACKUP_KEY", "HAVRE_BACKUP_DAYS"}
"""Read by the scripts of `deploy/bin/`, which run `manage.py`."""


def text(name: str) -> str:
    """Return a value, its default when it is not given or cannot be read."""
    variable = BY_NAME[name]
    value, fault = _given(variable)
    return variable.default if fault or value == "" or _fault(variable, value) else value


def place(name: str, default: Path) -> Path | str:
    """Return a folder, or the address of a bucket."""
    value = text(name)
    return value if value.startswith("s3://") else Path(value or default)


def number(name: str) -> int:
    return int(text(name) or 0)


def switch(name: str) -> bool:
    return text(name) == "1"


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def origin(name: str) -> str:
    """Return the origin of an address: its scheme, its host and its port."""
    parts = urlsplit(text(name))
    return f"{parts.scheme}://{parts.netloc}"


def faults() -> list[str]:
    """Return a sentence for each value that cannot be read and each name that nobody reads."""
    found = []
    for variable in VARIABLES:
        value, fault = _given(variable)
        fault = fault or (_fault(variable, value) if value else "")
        found += [fault] if fault else []
    return [*found, *_unknown()]


def is_given(name: str) -> bool:
    """Return whether a variable, or the file that may hold it, is named."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _given(variable: Variable) -> tuple[str, str]:
    """Return what is given, without the spaces around it, and what is wrong with the way it is given."""
    value = os.environ.get(variable.name, "").strip()
    path = os.environ.get(f"{variable.name}_FILE", "") if variable.is_secret else ""
    if not path:
        return value, ""
    if value:
        return value, f"{variable.name} et {variable.name}_FILE sont donnés tous les deux : gardez-en un."
    try:
        return Path(path).read_text(encoding="utf-8").strip(), ""
    except (OSError, ValueError):
        return (
            "",
            f"{variable.name}_FILE ({path}) ne peut pas être lu par ce compte : vérifiez son chemin et ses droits.",
        )


def _fault(variable: Variable, value: str) -> str:
    """Return what is wrong with a value, or nothing. A secret is never repeated."""
    name = variable.name
    said = name if variable.is_secret else f"{name} ({value})"
    if variable.kind is Kind.PLACE and value.startswith("s3://"):
        is_one = PLACE.fullmatch(value)
        return "" if is_one else f"{said} s’écrit s3://seau ou s3://seau/préfixe, en minuscules, chiffres et tirets."
    if any(ord(letter) < 32 for letter in value):
        return f"{name} tient sur plusieurs lignes : écrivez-le sur une seule."
    if variable.choices and value not in variable.choices:
        known = ", ".join(choice for choice in variable.choices if choice)
        return f"{name} s’écrit {known}{' ou rien' if '' in variable.choices else ''} ; il vaut « {value} »."
    if variable.kind is Kind.SWITCH and value not in ("0", "1"):
        return f"{said} s’écrit 0 ou 1."
    if variable.kind is Kind.NUMBER and not (
        value.isascii() and value.isdecimal() and variable.least <= int(value) <= variable.most
    ):
        return f"{said} s’écrit en chiffres, de {variable.least} à {variable.most}."
    if variable.kind in (Kind.FILE, Kind.PLACE) and not value.startswith("/") and name != "CHROMIUM":
        return f"{said} s’écrit en entier, depuis la racine : /chemin/du/fichier."
    return ""


def _unknown() -> Iterator[str]:
    known = {*BY_NAME, *KNOWN_ELSEWHERE, *(f"{each.name}_FILE" for each in VARIABLES if each.is_secret)}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            yield f"{name} n’est le nom d’aucun réglage : corrigez-le, ou retirez-le."
