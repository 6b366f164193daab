"""What the attachments need, said with the state of the service."""

import datetime as dt
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.files.rules.antivirus import AddressError, version
from cms.operations.state import SILENT, Probe, Reading, probe_register
from cms.vault.shelves import BODIES, bucket_at, is_bucket

OLDEST = dt.timedelta(hours=48)


def register() -> None:
    probe_register(
        Probe(
            "clamd_signatures_age_seconds",
            "Antivirus",
            "Seconds since the signatures of clamd were made.",
            "Les pièces jointes sont refusées ou mal contrôlées : vérifiez clamav-daemon et clamav-freshclam.",
            antivirus_read,
            asks_database=False,
        ),
        Probe(
            "files_store_seconds",
            "Fichiers",
            "Seconds that the store of the attachments takes to answer; nothing for a folder.",
            "Les pièces jointes ne s’ouvrent plus et sont refusées : vérifiez le stockage objet et le réseau.",
            store_read,
            asks_database=False,
        ),
    )


def store_read() -> Reading:
    """Ask a bucket for a file that is never there: an answer is all that matters."""
    if not is_bucket(settings.HAVRE_FILES):
        is_there = Path(settings.HAVRE_FILES).is_dir()
        return Reading(None, is_there, "dossier de cette machine" if is_there else "dossier absent")
    began = time.perf_counter()
    bucket_at(settings.HAVRE_FILES, BODIES).stands("sonde")
    seconds = time.perf_counter() - began
    return Reading(seconds, True, f"répond en {max(1, round(seconds * 1000))} ms")


def antivirus_read() -> Reading:
    if not settings.HAVRE_CLAMD:
        return Reading(None, False, "aucun")
    try:
        said = version()
    except AddressError:
        return SILENT
    try:
        made = dt.datetime.strptime(said.rpartition("/")[2], "%a %b %d %H:%M:%S %Y").astimezone()
    except ValueError:  # no signatures of the project: one of its own, or none yet
        return Reading(None, False, "répond, sans signatures datées")
    age = timezone.now() - made
    return Reading(age.total_seconds(), age <= OLDEST, f"répond, signatures du {timezone.localtime(made):%d/%m/%Y}")
