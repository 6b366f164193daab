"""Incidents of the fictitious network: declared, answered, told to authorities, closed with what was learnt."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from cases.enums import IncidentState
from cases.incidents.authorities.selectors import authorities_missing
from cases.incidents.authorities.services import authority_tell
from cases.incidents.learning.services import drill_start
from cases.incidents.rules import asks_for_retex
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.incidents.services.events import event_add
from cases.incidents.services.following import incident_close, retex_write, task_add
from cases.models import Incident, Placement
from cms.demo.plan import INCIDENTS, PARIS, WEEKS_PER_INCIDENT, around, pick
from cms.users.models import User

CRITICAL = ("RECUP", "REPER", "ADRES", "MAL", "TS")
CAUSES = ("EFFECTIF", "NUMERIQUE", "RESEAU", "CONSIGNE", "TRANSMISSION", "FORMATION", "LIENS")


def incidents_load(draw: Random, opened: Sequence[Placement], *, by: User, now: dt.datetime) -> None:
    """One incident per 55 person-weeks, entered by the coordination as each structure declares it."""
    today = now.astimezone(PARIS).date()
    for placement in opened:
        last = placement.ended_on or today
        weeks = (last - placement.arrived_on).days / 7
        for _ in range(int(weeks / WEEKS_PER_INCIDENT + draw.random())):
            day = placement.arrived_on + dt.timedelta(
                days=draw.randint(0, max(0, (last - placement.arrived_on).days - 1))
            )
            _incident(draw, placement, dt.datetime.combine(day, dt.time(draw.randint(8, 19)), PARIS), by, now)
    _follow(by, now)
    _drill(opened[0], by, now - dt.timedelta(days=75))


def _incident(draw: Random, placement: Placement, noticed_at: dt.datetime, by: User, now: dt.datetime) -> None:
    noticed_at = min(noticed_at, now - dt.timedelta(hours=6))
    kind = pick(draw, INCIDENTS)
    declared_at = min(noticed_at + dt.timedelta(hours=around(draw, 2.5)), now)
    incident = incident_declare(
        Declaration(
            partner=placement.partner,
            incident_type_id=f"type_incident:{kind}",
            severity_id=f"gravite:{'G4' if kind in CRITICAL else draw.choice(['G2', 'G3', 'G3'])}",
            severity_reason="Selon les faits rapportés, fictifs.",
            occurred_at=noticed_at - dt.timedelta(hours=draw.randint(0, 5)),
            noticed_at=noticed_at,
            narrative="Faits fictifs, écrits pour la démonstration.",
            measures="Mesures fictives.",
            placements=[placement],
            declared_at=declared_at,
        ),
        declared_by=by,
    )
    if now - declared_at < dt.timedelta(days=2):
        return
    acknowledged_at = declared_at + dt.timedelta(hours=around(draw, 1.2))
    incident_acknowledge(incident=incident, by=by, at=acknowledged_at)
    is_closed, is_analysed = draw.random() < 0.8, draw.random() < 0.3
    if is_closed:
        _close(incident, is_analysed, by, min(acknowledged_at + dt.timedelta(days=around(draw, 12)), now))


def _close(incident: Incident, is_analysed: bool, by: User, at: dt.datetime) -> None:
    """Do what is compulsory first: notify the authorities, and analyse what was grave."""
    for number, call in enumerate(authorities_missing(incident), 1):
        told_at = min(incident.declared_at + dt.timedelta(minutes=10 * number), at)
        authority_tell(
            incident=incident, authority_id=call.authority.pk, channel_id="canal:TEL", told_at=told_at, told_by=by
        )
    if is_analysed or asks_for_retex(incident):
        retex_write(
            incident=incident,
            held_on=at.astimezone(PARIS).date(),
            lessons="Analyse fictive.",
            causes=[f"cause_incident:{CAUSES[int(incident.reference[-2:]) % len(CAUSES)]}"],
            by=by,
        )
    incident_close(incident=incident, by=by, at=at)


def _follow(by: User, now: dt.datetime) -> None:
    """Give the last incident still followed a time line, and something to do."""
    incident = Incident.objects.filter(state=IncidentState.ACKNOWLEDGED).order_by("-declared_at").first()
    if incident:
        event_add(incident=incident, words="Point téléphonique avec l’équipe de nuit (fictif).", by=by, is_shared=True)
        due_on = now.astimezone(PARIS).date() + dt.timedelta(days=3)
        task_add(incident=incident, words="Revoir la consigne de nuit (fictif).", owner=by, due_on=due_on, by=by)


def _drill(placement: Placement, by: User, at: dt.datetime) -> None:
    drill = drill_start(partner=placement.partner, by=by, at=at)
    incident_acknowledge(incident=drill, by=by, at=at + dt.timedelta(minutes=14))
    incident_close(incident=drill, by=by, at=at + dt.timedelta(hours=1))
