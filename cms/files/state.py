"""What the attachments need, said with the state of the service."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from cms.files.rules.antivirus import AddressError, version
from cms.operations.state import SILENT, Probe, Reading, probe_register

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
        )
    )


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
