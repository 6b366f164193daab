"""What the administrator is told before anybody loses a file: folder of the bodies, address of clamd."""

import io
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from cms.files.rules.antivirus import AddressError, address_of
from cms.settings.database import LOOPBACK
from cms.vault.shelves import bucket_at, is_bucket


def register() -> None:
    checks.register(folder_check, checks.Tags.files)
    checks.register(folder_exists_check, checks.Tags.files, deploy=True)
    checks.register(bucket_check, checks.Tags.files, deploy=True)
    checks.register(bucket_open_check, checks.Tags.database, deploy=True)
    checks.register(antivirus_check, checks.Tags.files)


def folder_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that the folder is private: outside what a web server serves, closed to other accounts, open to ours."""
    if is_bucket(settings.HAVRE_FILES):
        return []
    folder = Path(settings.HAVRE_FILES)
    public = [Path(each) for each in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if each]
    if any(folder.resolve().is_relative_to(each.resolve()) for each in public):
        return [_error(f"HAVRE_FILES ({folder}) est dans un dossier que le site distribue : changez-le.", "E001")]
    if not folder.exists():
        return []
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return [_error(f"HAVRE_FILES ({folder}) n’est pas un dossier où le service peut lire et écrire.", "E002")]
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return [_error(f"HAVRE_FILES ({folder}) est ouvert à d’autres comptes : chmod 700 {folder}", "E003")]
    return []


def folder_exists_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    folder = Path(settings.HAVRE_FILES)
    if is_bucket(settings.HAVRE_FILES) or folder.exists():
        return []
    return [_error(f"HAVRE_FILES ({folder}) n’existe pas : mkdir -m 700 {folder}", "E004")]


def bucket_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that a bucket has all that opens it, over an encrypted road. Asks the network nothing."""
    if not is_bucket(settings.HAVRE_FILES):
        return []
    found = []
    needed = ("HAVRE_S3_ENDPOINT", "HAVRE_S3_KEY", "HAVRE_S3_SECRET")
    if missing := [name for name in needed if not getattr(settings, name)]:
        found.append(_error(f"HAVRE_FILES nomme un seau : il manque {', '.join(missing)}.", "E006"))
    parts = urlsplit(settings.HAVRE_S3_ENDPOINT)
    if settings.HAVRE_S3_ENDPOINT and parts.scheme != "https" and parts.hostname not in LOOPBACK:
        said = f"HAVRE_S3_ENDPOINT ({settings.HAVRE_S3_ENDPOINT}) traverse un réseau en clair : https://…"
        found.append(_error(said, "E007"))
    if settings.HAVRE_S3_CA and not os.access(settings.HAVRE_S3_CA, os.R_OK):
        found.append(_error(f"HAVRE_S3_CA ({settings.HAVRE_S3_CA}) ne peut pas être lu par ce compte.", "E008"))
    return found


def bucket_open_check(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Any]:
    """Check, with what is asked of the database, that the bucket takes a file, gives it back and lets it go."""
    if not is_bucket(settings.HAVRE_FILES) or not databases or bucket_check(app_configs):
        return []
    try:
        bucket = bucket_at(settings.HAVRE_FILES, "essai")
        key, body = secrets.token_hex(16), secrets.token_bytes(64)
        bucket.create(key, io.BytesIO(body))
        with bucket.open(key) as file:
            is_kept = file.read() == body
        bucket.remove(key)
        if is_kept and not bucket.stands(key):
            return []
    except (OSError, ValueError):
        pass
    said = (
        f"Le seau {settings.HAVRE_FILES} ne garde pas ce qui lui est confié : vérifiez son adresse, et que l’accès "
        "HAVRE_S3_KEY y écrit, y lit et y efface."
    )
    return [_error(said, "E009")]


def antivirus_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    try:
        if settings.HAVRE_CLAMD:
            address_of(settings.HAVRE_CLAMD)
    except AddressError:
        return [_error("HAVRE_CLAMD s’écrit unix:/run/clamav/clamd.ctl ou tcp:hôte:3310.", "E005")]
    return []


def _error(sentence: str, number: str) -> checks.CheckMessage:
    return checks.Error(sentence, id=f"files.{number}")
