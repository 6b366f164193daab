"""How the service is: one list of probes, read by `/sante/travail`, by `/metrics` and by the page « État du service ».

Apps register theirs in `ready()`. A probe says a number and whether it is well; never a person, a place or a file.
"""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from cms.kit.logs import logger
from cms.operations.drill import proven_seconds
from cms.operations.work import work_state
from cms.vault.shelves import is_bucket

DAY = 24 * 3600
DAILY = 26 * 3600
"""Seconds: what is done each night is late two hours after the next one."""
PROVEN = 35 * DAY
"""A backup lives as long: older than that, nothing says that any of those kept can be opened."""
BEAT, QUEUE, UNSEALED, MAIL, SKEW = 120, 300, 600, 900, 2.0
DISK_FREE = 0.10
DATABASE = "database_seconds"
FIGURES = """
SELECT rings_uncalled, mail_unsent, extract(epoch FROM now() - unsealed_at) AS unsealed,
  extract(epoch FROM now() - backup_at) AS backup, extract(epoch FROM now() - ring_at) AS ring,
  extract(epoch FROM now() - mail_at) AS mail
FROM service_figures()
"""
log = logger("state")


@dataclass(frozen=True)
class Reading:
    """What a probe found: its number (None: nothing to measure), whether it is well, and how a screen says it."""

    value: float | None
    is_well: bool
    said: str


@dataclass(frozen=True)
class Probe:
    """One thing that protects, or that runs. `name` is that of the metric, after `havre_`."""

    name: str
    label: str
    help: str
    """In English, for who reads metrics."""
    advice: str
    """What to do when it is not well."""
    read: Callable[[], Reading]
    asks_database: bool = True
    stops_work: bool = False
    """Nobody is called, or nothing is written any more: `/sante/travail` answers 503."""


_probes: dict[str, Probe] = {}
SILENT = Reading(None, False, "ne répond pas")


def probe_register(*probes: Probe) -> None:
    _probes.update({probe.name: probe for probe in probes})


def probes_all() -> Sequence[Probe]:
    return tuple(_probes.values())


def state_read() -> list[tuple[Probe, Reading]]:
    """Read every probe. One that fails is not well, and hides none of the others.

    A database that does not answer is asked once, not a dozen times.
    """
    found: list[tuple[Probe, Reading]] = []
    is_reachable = True
    for probe in probes_all():
        reading = _read(probe) if is_reachable or not probe.asks_database else SILENT
        found.append((probe, reading))
        is_reachable = is_reachable and (probe.name != DATABASE or reading is not SILENT)
    return found


def _read(probe: Probe) -> Reading:
    try:
        if not probe.asks_database:
            return probe.read()
        with transaction.atomic():  # inside a request's transaction, a failed statement spoils no other
            return probe.read()
    except (DatabaseError, OSError):
        log.warning("probe failed", exc_info=True)
        return SILENT


def age_said(seconds: float | None, never: str = "jamais") -> str:
    """Return how long ago something was, as a person says it."""
    if seconds is None:
        return never
    for size, one, many in ((DAY, "jour", "jours"), (3600, "heure", "heures"), (60, "minute", "minutes")):
        if seconds >= size:
            number = int(seconds // size)
            return f"il y a {number} {many if number > 1 else one}"
    return "il y a moins d’une minute"


def age_reading(seconds: float | None, most: float, never: str = "jamais") -> Reading:
    return Reading(seconds, seconds is not None and seconds <= most, age_said(seconds, never))


def number_of(statement: str) -> float | None:
    """Return the one number of a statement, None when it finds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchone()[0]
    return None if found is None else float(found)


def database_read() -> Reading:
    began = time.perf_counter()
    number_of("SELECT 1")
    seconds = time.perf_counter() - began
    return Reading(seconds, seconds < 1, f"répond en {max(1, round(seconds * 1000))} ms")


def clock_read() -> Reading:
    there = number_of("SELECT extract(epoch FROM clock_timestamp())") or 0.0
    skew = abs(time.time() - there)
    return Reading(skew, skew <= SKEW, f"écart de {skew:.1f} s avec la base".replace(".", ","))


def worker_read() -> Reading:
    state = work_state()
    return Reading(state.silent_seconds, not state.is_stopped, state.sentence)


def queue_read() -> Reading:
    """Read the age of the oldest job that could run now."""
    seconds = number_of(
        "SELECT extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))) FROM procrastinate_jobs j "
        "LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred' "
        "WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= now()"
    )
    if seconds is None:
        return Reading(0, True, "rien n’attend")
    return Reading(seconds, seconds <= QUEUE, f"la plus ancienne attend depuis {age_said(seconds)[7:]}")


def failed_read() -> Reading:
    count = int(number_of("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") or 0)
    return Reading(count, count == 0, f"{count} en échec" if count else "aucune en échec")


def figure_ages() -> dict[str, float | None]:
    """Return what `service_figures` says: counts, and ages in seconds."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES)
        return {
            name.name: None if value is None else float(value)
            for name, value in zip(cursor.description, cursor.fetchone(), strict=True)
        }


def unsealed_read() -> Reading:
    """Read since when lines of the journal wait for their seal."""
    seconds = figure_ages()["unsealed"]
    return Reading(seconds or 0, (seconds or 0) <= UNSEALED, age_said(seconds, "tout est scellé"))


def rings_read() -> Reading:
    """Read since when a call of the on-call has reached nobody."""
    found = figure_ages()
    count, seconds = int(found["rings_uncalled"] or 0), found["ring"] or 0
    said = f"{count} sans personne au bout, depuis {age_said(seconds)[7:]}" if count else "aucun en attente"
    return Reading(seconds, seconds <= BEAT, said)


def mail_read() -> Reading:
    found = figure_ages()
    count, seconds = int(found["mail_unsent"] or 0), found["mail"] or 0
    said = f"{count} en attente, depuis {age_said(seconds)[7:]}" if count else "tout est parti"
    return Reading(seconds, seconds <= MAIL, said)


def anchor_read() -> Reading:
    path = Path(settings.HAVRE_ANCHORS)
    if not settings.HAVRE_ANCHORS or not path.exists():
        return age_reading(None, DAILY)
    return age_reading(max(0.0, time.time() - path.stat().st_mtime), DAILY)


def backup_read() -> Reading:
    return age_reading(figure_ages()["backup"], DAILY)


def restore_read() -> Reading:
    return age_reading(proven_seconds(), PROVEN)


def disk_read() -> Reading:
    """Read the fullest disk among those where the service writes."""
    written = [settings.MEDIA_ROOT, Path(settings.STATIC_ROOT).parent]
    folders = {Path(each) for each in (*written, settings.HAVRE_FILES) if not is_bucket(each)}
    used = [shutil.disk_usage(folder) for folder in folders if folder.is_dir()]
    free = min((each.free / each.total for each in used), default=0.0)
    return Reading(free, free >= DISK_FREE, f"{free:.0%} libres".replace("%", " %"))


def compile_read() -> Reading:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        is_off = cursor.fetchone()[0] == "off"
    return Reading(0 if is_off else 1, is_off, "arrêtée" if is_off else "en marche")


PROBES = (
    Probe(
        DATABASE,
        "Base de données",
        "Seconds that the database takes to answer.",
        "Vérifiez PostgreSQL et le réseau, puis prévenez l’exploitant.",
        database_read,
        stops_work=True,
    ),
    Probe(
        "clock_skew_seconds",
        "Horloge",
        "Seconds between this machine and the database.",
        "Réglez l’heure des machines (NTP) : les codes de connexion et les signatures en dépendent.",
        clock_read,
    ),
    Probe(
        "worker_heartbeat_age_seconds",
        "Tâches de fond",
        "Seconds since a worker said that it lives.",
        "Les appels de l’astreinte ne partent pas : téléphonez, et relancez havre-worker.",
        worker_read,
        stops_work=True,
    ),
    Probe(
        "job_oldest_seconds",
        "File d’attente",
        "Seconds that the oldest job waits while it could run.",
        "Les messages et les appels prennent du retard : regardez le journal de havre-worker.",
        queue_read,
        stops_work=True,
    ),
    Probe(
        "ring_oldest_seconds",
        "Appels de l’astreinte",
        "Seconds since a call of the on-call was opened and reached nobody.",
        "Téléphonez vous-même à la coordination de garde, puis regardez la passerelle et havre-worker.",
        rings_read,
        stops_work=True,
    ),
    Probe(
        "mail_oldest_seconds",
        "Courriel",
        "Seconds since the oldest message that did not leave was tried.",
        "Le serveur de courriel refuse ou se tait : vérifiez EMAIL_HOST et son compte. Rien n’est perdu.",
        mail_read,
    ),
    Probe(
        "jobs_failed",
        "Tâches en échec",
        "Jobs that failed and that nobody looked at.",
        "Lisez le journal de havre-worker : une tâche y dit pourquoi elle a échoué.",
        failed_read,
    ),
    Probe(
        "journal_unsealed_age_seconds",
        "Scellement du journal",
        "Seconds that the oldest line of the journal waits for its seal.",
        "Le journal n’est plus scellé chaque minute : regardez le journal de havre-worker.",
        unsealed_read,
    ),
    Probe(
        "anchor_age_seconds",
        "Ancre du journal",
        "Seconds since the last line of the journal was kept outside the database.",
        "Vérifiez HAVRE_ANCHORS et la tâche de nuit : sans ancre, une fin de journal coupée ne se voit pas.",
        anchor_read,
        asks_database=False,
    ),
    Probe(
        "backup_age_seconds",
        "Dernière sauvegarde",
        "Seconds since the last backup was begun.",
        "Lancez havre-backup et lisez ce qu’il répond.",
        backup_read,
    ),
    Probe(
        "restore_drill_age_seconds",
        "Dernier exercice de restauration",
        "Seconds since a backup was restored apart and found whole.",
        "Lancez havre-drill et lisez son rapport : une sauvegarde que personne n’a ouverte n’en est pas une.",
        restore_read,
        asks_database=False,
    ),
    Probe(
        "disk_free_ratio",
        "Place sur les disques",
        "Free part of the fullest disk where the service writes.",
        "Libérez de la place : un disque plein arrête les pièces jointes, puis la base.",
        disk_read,
        asks_database=False,
    ),
    Probe(
        "jit_on",
        "Compilation des requêtes (JIT)",
        "1 when PostgreSQL compiles statements, which slows row security down.",
        "Arrêtez-la pour le compte de la base : ALTER ROLE havre_app SET jit = off.",
        compile_read,
    ),
)
"""What the ground of the service can say of itself."""


def register() -> None:
    probe_register(*PROBES)
