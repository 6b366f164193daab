"""Clocks of a runaway, and what of it is late."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from cases.enums import Authority, IncidentType
from cases.incidents.models.declared import AuthorityNotice, Incident
from cases.incidents.runaways.models import RunawayDelay
from cases.stays.models import Absence
from cms.kit.words import NBSP

PARIS = ZoneInfo("Europe/Paris")
NIGHT_FROM, NIGHT_TO = 22, 7
LATELY_DAYS = 60


@dataclass(frozen=True)
class Clock:
    """Until when the police are told, and in whose words. `minutes`: 0 when no protocol is known, hence at once."""

    due_at: dt.datetime
    minutes: int
    words: str


def runaway_clock(incident: Incident) -> Clock:
    """Return the delay to tell the police, from when the team noticed, by day or by night.

    It is that of the protocol of the structure's département.
    """
    return clock_of(incident, RunawayDelay.objects.filter(pk=_territory_of(incident)).first())


def clock_of(incident: Incident, row: RunawayDelay | None) -> Clock:
    hour = incident.noticed_at.astimezone(PARIS).hour
    is_night = hour >= NIGHT_FROM or hour < NIGHT_TO
    minutes = (row.night_minutes if is_night else row.day_minutes) if row else 0
    words = (
        f"Protocole du département : {length(minutes)}{' la nuit' if is_night else ' le jour'}" if row else "Aussitôt"
    )
    if row and row.protocol:
        words = f"{words}. {row.protocol}"
    return Clock(incident.noticed_at + dt.timedelta(minutes=minutes), minutes, words)


def runaway_clocks(incidents: list[Incident]) -> list[tuple[Incident, Clock]]:
    """Return the clocks of several runaways, in one query."""
    codes = {_territory_of(incident) for incident in incidents}
    delays = RunawayDelay.objects.in_bulk([code for code in codes if code]) if incidents else {}
    return [(incident, clock_of(incident, delays.get(_territory_of(incident)))) for incident in incidents]


def _territory_of(incident: Incident) -> str:
    """Return the département of the structure; empty, hence no delay, while it is not recognised."""
    return (incident.partner and incident.partner.territory_id) or ""


def length(minutes: int) -> str:
    if not minutes:
        return "aussitôt"
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours}{NBSP}h" if hours else "", f"{rest}{NBSP}min" if rest else "") if part)


def delay_impact(territory_id: str, day_minutes: int, night_minutes: int) -> list[str]:
    """Return what another delay would change: runaways in the structures there, the police not noted as told."""
    count = runaways_untold().filter(partner__territory_id=territory_id).count()
    words = f"le jour {length(day_minutes)}, la nuit {length(night_minutes)}"
    return [f"Fugues en cours dans ce département, police pas encore prévenue : {count}. Leur délai serait : {words}."]


def runaways_untold() -> QuerySet[Incident]:
    """Open runaways of which the police are not noted as told, the oldest first. Their clock says which are late."""
    notices = AuthorityNotice.objects.filter(incident=OuterRef("pk"), authority_id=Authority.POLICE)
    rows = Incident.objects.open().real().filter(~Exists(notices), incident_type_id=IncidentType.RUNAWAY)
    return rows.select_related("partner").order_by("noticed_at")


def returns_missing(day: dt.date) -> QuerySet[Absence]:
    """List runaways that ended lately and whose return is not written; of its own stays for a structure."""
    since = day - dt.timedelta(days=LATELY_DAYS)
    rows = Absence.objects.filter(is_runaway=True, runaway_return=None, ends_on__range=(since, day))
    return rows.select_related("placement", "placement__case").order_by("ends_on")


def return_missing(incident: Incident) -> bool:
    """Return whether a return is to be written before closing: the stay goes on, or the minor came back."""
    runaway = getattr(incident, "runaway", None)
    if runaway is None or runaway.absence_id is None:
        return False
    absence = Absence.objects.select_related("placement").get(pk=runaway.absence_id)
    if hasattr(absence, "runaway_return"):
        return False
    return absence.ends_on is not None or absence.placement.ended_on is None
