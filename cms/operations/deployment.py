"""What production does not start on: each fault is an error of `check --deploy`, and a sentence that says what to do.

Web server and worker run the same checks when they start (`refuse_to_start`): all faults are said at once.
"""

import json
import stat
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from psycopg import ProgrammingError

from cms.operations.checks import address_check
from cms.operations.fictitious import REFUSED, is_marked
from cms.settings import environment
from cms.settings.database import LOOPBACK, NOWHERE, is_remote, parse
from cms.vault.keyring import KeyringError, keyring_is_fictitious
from tools.paths import var_dir

PRODUCTION = "production"
"""Tag of what is asked of an instance that starts, and of no other."""
KNOWN_SECRETS = ("demonstration", "tests", "quality-check", "django-insecure", "changeme", "change-me", "secret")
"""What a secret written in a file of ours, or in a tutorial, holds."""
SECRET_LENGTH, SECRET_VARIETY = 50, 12
DEMO_RINGS = ("keyring.json", "keyring-test.json")
MOST_PROXIES = 5
PHONE_DIGITS = 4
OWNER_HERE = (
    "DATABASE_OWNER_URL est donné : gardez-le pour migrate et la sauvegarde, et retirez-le de ce que lisent le site "
    "et ses tâches."
)

JOB_HERE = "DATABASE_JOB_URL est donné : c’est la connexion des tâches. Retirez-la de ce que lit le site."
JOB_MISSING = "DATABASE_JOB_URL manque : donnez au travailleur l’adresse de la base où se connecte havre_job."


def register() -> None:
    for check in (environment_check, database_check, fictitious_check, hosts_check, secret_check, keyring_check):
        checks.register(check, PRODUCTION, checks.Tags.security, deploy=True)
    for check in (antivirus_check, proxies_check, static_check, mail_check, phone_check):
        checks.register(check, PRODUCTION, deploy=True)
    checks.register(address_check, PRODUCTION, checks.Tags.security, deploy=True)


def refuse_to_start(*, is_job: bool = False) -> None:
    """Raise `ImproperlyConfigured` with every fault of a production that starts; do nothing elsewhere.

    A job comes with a login of its own, which the web never holds.
    """
    if not settings.HAVRE_PRODUCTION:
        return
    found = checks.run_checks(tags=[PRODUCTION], include_deployment_checks=True)
    faults = [str(each.msg) for each in found if each.level >= checks.ERROR]
    if environment.is_given("DATABASE_OWNER_URL"):
        faults.append(OWNER_HERE)
    if environment.is_given("DATABASE_JOB_URL") != is_job:
        faults.append(JOB_MISSING if is_job else JOB_HERE)
    if faults:
        raise ImproperlyConfigured("\n- ".join(["Havre ne démarre pas :", *faults]))


def environment_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that each value can be read, and that each name is that of a setting."""
    return [_error(fault, "E009") for fault in environment.faults()]


def database_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    if not environment.text("DATABASE_URL"):
        return [_error("DATABASE_URL manque : donnez l’adresse de la base, où se connecte havre_app.", "E010")]
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_JOB_URL", "DATABASE_READ_URL")
    return [found for name in names for found in _address_check(name)]


def _address_check(name: str) -> list[checks.CheckMessage]:
    url = environment.text(name)
    if not url:
        return []
    try:
        given = parse(url)
        if not set(given["PORT"]) <= set("0123456789,"):
            raise ProgrammingError
    except ProgrammingError:  # its message may quote the password
        said = f"{name} n’est pas une adresse de PostgreSQL : postgresql://compte:mot-de-passe@hôte:5432/havre"
        return [_error(said, "E050")]
    if not given["NAME"]:
        return [_error(f"{name} ne dit pas quelle base ouvrir : ajoutez /havre après l’hôte.", "E051")]
    if is_remote(given["HOST"]) and given["OPTIONS"].get("sslmode") != "verify-full":
        said = (
            f"{name} traverse un réseau sans vérifier le serveur : ajoutez ?sslmode=verify-full, et sslrootcert=… "
            "si son certificat n’est pas d’une autorité publique."
        )
        return [_error(said, "E052")]
    return []


def fictitious_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check the mark of the database, where the network says that it is fictitious. Opens nothing otherwise."""
    if not settings.HAVRE_FICTITIOUS or settings.DATABASES["default"]["ENGINE"] == NOWHERE["ENGINE"]:
        return []
    try:
        marked = is_marked()
    except ImproperlyConfigured as error:
        return [_error(str(error), "E011")]
    except DatabaseError:
        said = "HAVRE_FICTITIOUS est demandé, et la base ne répond pas : vérifiez DATABASE_URL, ou retirez-le."
        return [_error(said, "E012")]
    return [] if marked else [_error(REFUSED, "E011")]


def hosts_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts:
        return [_error("ALLOWED_HOSTS manque : écrivez-y le nom du site, comme havre.example.", "E013")]
    if any(host == "*" or host.startswith(".") for host in hosts):
        said = "ALLOWED_HOSTS accepte n’importe quel nom : écrivez les noms du site, sans * ni point au début."
        return [_error(said, "E014")]
    return []


def secret_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django refuses to read an empty one
        secret = ""
    if not secret:
        return [_error(f"SECRET_KEY manque : tirez au sort {SECRET_LENGTH} caractères ou plus.", "E015")]
    if any(known in secret.lower() for known in KNOWN_SECRETS):
        return [
            _error("SECRET_KEY est celle d’une démonstration ou d’un exemple : tirez-en une autre au sort.", "E016")
        ]
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY:
        said = f"SECRET_KEY est trop faible : tirez au sort {SECRET_LENGTH} caractères ou plus."
        return [_error(said, "E017")]
    return []


def keyring_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    ring = Path(settings.HAVRE_KEYRING)
    if ring == Path():
        return [_error("HAVRE_KEYRING manque : donnez le chemin du trousseau de clés.", "E018")]
    try:
        fictitious = keyring_is_fictitious(ring) or ring.resolve() in {var_dir() / name for name in DEMO_RINGS}
    except KeyringError as error:
        return [_error(str(error), "E019")]
    if fictitious and not settings.HAVRE_FICTITIOUS:
        said = f"HAVRE_KEYRING ({ring}) est le trousseau de la démonstration : créez-en un pour cette instance."
        return [_error(said, "E020")]
    if stat.S_IMODE(ring.stat().st_mode) & 0o077:
        return [_error(f"HAVRE_KEYRING ({ring}) est ouvert à d’autres comptes : chmod 600 {ring}", "E021")]
    return []


def antivirus_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that an antivirus is named; its address is read by `cms.files.checks`."""
    if settings.HAVRE_CLAMD:
        return []
    said = "HAVRE_CLAMD manque : donnez l’adresse de l’antivirus, comme unix:/run/clamav/clamd.ctl ou tcp:hôte:3310."
    return [_error(said, "E022")]


def phone_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that people have a number to call when the database does not answer."""
    if sum(character.isdecimal() for character in settings.HAVRE_ON_CALL_PHONE) >= PHONE_DIGITS:
        return []
    said = (
        "HAVRE_ON_CALL_PHONE manque : écrivez le numéro de l’astreinte du réseau, que la page d’arrêt donne à appeler."
    )
    return [_error(said, "E040")]


def proxies_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check the number of proxies. Production stands behind at least one, which holds the certificate: with none said,
    everybody would have its address.
    """
    written = settings.TRUSTED_PROXY_COUNT
    if written.isdecimal() and 1 <= int(written) <= MOST_PROXIES:
        return []
    said = (
        f"TRUSTED_PROXY_COUNT ({written or 'non renseigné'}) compte mal les relais placés devant le site : "
        f"écrivez leur nombre exact, de 1 à {MOST_PROXIES}. Trop grand, chacun choisit l’adresse sous laquelle on le "
        "compte."
    )
    return [_error(said, "E023")]


def static_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that what `collectstatic` wrote is there, and names every file that the sources hold today."""
    root = Path(settings.STATIC_ROOT)
    try:
        paths: dict[str, str] = json.loads((root / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return [
            _error(f"Les fichiers des pages manquent dans {root} : lancez manage.py collectstatic --noinput.", "E024")
        ]
    lost = [name for name, kept in paths.items() if not (root / kept).is_file()]
    lost += [name for finder in get_finders() for name, _ in finder.list([]) if name.replace("\\", "/") not in paths]
    if lost:
        said = (
            f"{len(lost)} fichiers des pages manquent dans {root} (dont {lost[0]}) : lancez manage.py collectstatic."
        )
        return [_error(said, "E025")]
    return []


def mail_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    found = []
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_HOST_USER and not encrypted:
        said = (
            "EMAIL_HOST_USER est donné sans chiffrement : le mot de passe partirait en clair. EMAIL_SECURITY=starttls"
        )
        found.append(_error(said, "E027"))
    elif settings.EMAIL_HOST not in LOOPBACK and not encrypted:
        said = f"Les messages partent en clair vers {settings.EMAIL_HOST} : EMAIL_SECURITY=starttls, ou ssl."
        found.append(_error(said, "E028"))
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].rpartition(".")[2] in ("", "invalid"):
        said = "DEFAULT_FROM_EMAIL n’est pas l’adresse d’un domaine : écrivez Havre <ne-pas-repondre@votre-domaine>."
        found.append(_error(said, "E029"))
    return found


def _error(sentence: str, number: str) -> checks.CheckMessage:
    return checks.Error(sentence, id=f"operations.{number}")
