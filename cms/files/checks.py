"""What the administrator is told before anybody loses a file: folder of the bodies, address of clamd."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from cms.files.rules.antivirus import AddressError, address_of


def register() -> None:
    checks.register(folder_check, checks.Tags.files)
    checks.register(folder_exists_check, checks.Tags.files, deploy=True)
    checks.register(antivirus_check, checks.Tags.files)


def folder_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that the folder is private: outside what a web server serves, closed to other accounts, open to ours."""
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
    if folder.exists():
        return []
    return [_error(f"HAVRE_FILES ({folder}) n’existe pas : mkdir -m 700 {folder}", "E004")]


def antivirus_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    try:
        if settings.HAVRE_CLAMD:
            address_of(settings.HAVRE_CLAMD)
    except AddressError:
        return [_error("HAVRE_CLAMD s’écrit unix:/run/clamav/clamd.ctl ou tcp:hôte:3310.", "E005")]
    return []


def _error(sentence: str, number: str) -> checks.CheckMessage:
    return checks.Error(sentence, id=f"files.{number}")
