"""A runaway: the absence that a declaration opens, the return that must be told, the delay of a département."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.policies import TEAM
from cases.common.services import manager_only, manages, past, row_change, row_create
from cases.enums import IncidentType
from cases.incidents.models.declared import Incident
from cases.incidents.runaways.enums import Offer
from cases.incidents.runaways.models import Runaway, RunawayDelay, RunawayReturn
from cases.stays.models import Absence
from cases.stays.services import absence_close, absence_open
from cms.journal.services import journal_append
from cms.territory.models import Territory
from cms.users.models import User
from cms.values.versions import version_keep
from cms.wall import scope

RECENT = dt.timedelta(days=3)
"""A runaway entered long afterwards opens no absence: the stay has gone on, or ended, since."""


@transaction.atomic
def runaway_follow(*, incident: Incident, by: User, is_known_from_police: bool = False) -> Runaway | None:
    """Tie a declared runaway to the absence in the stay, opened if it was not.

    A confidential declaration opens none: the structure would read it. One that the police reported is always kept.
    """
    if incident.incident_type_id != IncidentType.RUNAWAY:
        return None
    opens = _opens_an_absence(incident)
    if not opens and not is_known_from_police:
        return None
    return _runaway(incident, _absence_of(incident, by) if opens else None, is_known_from_police)


def _opens_an_absence(incident: Incident) -> bool:
    is_recent = incident.noticed_at >= timezone.now() - RECENT and not incident.is_test
    # A service that declares for its minor opens nothing in the stay: the coordination asks the structure.
    is_housed = manages() or incident.partner_id in scope.current().partners_as(*TEAM)
    return is_recent and is_housed and not incident.is_confidential


def _absence_of(incident: Incident, by: User) -> Absence | None:
    stay, absence = incident.placement, None
    if stay and stay.confirmed_at and stay.ended_on is None:
        absence = stay.absences.filter(ends_on=None, is_runaway=True).first()
        if absence is None and not stay.absences.filter(ends_on=None).exists():
            left_on = max(timezone.localdate(incident.occurred_at), stay.arrived_on)
            absence = absence_open(placement=stay, starts_on=left_on, by=by)
    # A second declaration of the same disappearance: both are kept, the first holds the absence.
    return None if absence and Runaway.objects.filter(absence=absence).exists() else absence


def _runaway(incident: Incident, absence: Absence | None, is_known_from_police: bool) -> Runaway:
    runaway = Runaway(incident=incident, absence=absence, is_known_from_police=is_known_from_police)
    row_create(
        runaway,
        kind="incident",
        action="cases.runaway.follow",
        coded=("absence_id", "is_known_from_police"),
        object_id=incident.pk,
    )
    return runaway


@transaction.atomic
def runaway_source_say(*, incident: Incident, is_known_from_police: bool, by: User) -> Runaway:
    """Say whether the network learnt a runaway from the police, the structure having told nothing; or take it back."""
    manager_only()
    if incident.incident_type_id != IncidentType.RUNAWAY:
        raise ValidationError("Cette déclaration n’est pas celle d’une fugue.")
    runaway = Runaway.objects.filter(incident=incident).first()
    if runaway is None:
        return _runaway(incident, None, is_known_from_police)
    values = {"is_known_from_police": is_known_from_police}
    row_change(runaway, values, kind="incident", action="cases.runaway.source", object_id=incident.pk)
    return runaway


@transaction.atomic
def runaway_return(
    *,
    absence: Absence,
    returned_at: dt.datetime,
    interview: Offer | str,
    medical: Offer | str,
    police_told: bool,
    by: User,
    told: str = "",
) -> RunawayReturn:
    """Record a return with what was offered: it ends the absence, and a stay whose thirty days are over."""
    if not absence.is_runaway:
        raise ValidationError("Cette absence n’est pas une fugue.")
    if RunawayReturn.objects.filter(absence=absence).exists():
        raise ValidationError("Ce retour est déjà écrit.")
    returned_at = past("returned_at", returned_at)
    if absence.ends_on is None:
        try:
            absence_close(absence=absence, returned_on=timezone.localdate(returned_at), by=by)
        except ValidationError as error:
            raise ValidationError({"returned_at": error.messages}) from error
    row = RunawayReturn(
        absence=absence,
        returned_at=returned_at,
        interview=interview,
        medical=medical,
        police_told=police_told,
        told=told.strip() or None,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    row_create(
        row,
        kind="placement",
        action="cases.runaway.return",
        coded=("returned_at", "interview", "medical", "police_told"),
        sealed=("told",),
        object_id=absence.placement_id,
    )
    return row


def runaway_delay_facts(row: RunawayDelay) -> dict[str, Any]:
    return {"day_minutes": row.day_minutes, "night_minutes": row.night_minutes, "protocol": row.protocol}


@transaction.atomic
def runaway_delay_set(
    *, territory: Territory, day_minutes: int, night_minutes: int, by: User, protocol: str = "", reason: str = ""
) -> RunawayDelay:
    """Set what the protocol of a département requires; for the coordination."""
    manager_only()
    row = RunawayDelay.objects.filter(pk=territory.pk).first() or RunawayDelay(territory=territory)
    known = None if row._state.adding else runaway_delay_facts(row)
    before = {"day_minutes": row.day_minutes, "night_minutes": row.night_minutes}
    row.day_minutes, row.night_minutes, row.protocol = day_minutes, night_minutes, protocol.strip()
    row.full_clean(validate_unique=False)
    row.save()
    facts = runaway_delay_facts(row)
    version_keep(part="runaways", key=territory.pk, before=known, after=facts, reason=reason)
    after = {"day_minutes": day_minutes, "night_minutes": night_minutes}
    details = {"territory": territory.pk, **{name: [before[name], after[name]] for name in after}}
    journal_append(action="cases.runaway.delay", details=details)
    return row
