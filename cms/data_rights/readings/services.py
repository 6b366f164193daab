"""Telling direction and data protection of a person who reads, is refused or takes out too much in an hour; slowing,
stopping and reopening that account.
"""

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.data_rights.models import ReadingStop
from cms.data_rights.readings.policies import can_lift
from cms.data_rights.readings.rules import Brake
from cms.data_rights.readings.selectors import ALERT, Crossing, brake_now, crossings, stop_due
from cms.journal.services import attempt_refused, journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

UNUSUAL, STOPPED = "unusual_readings", "stopped_readings"
BRAKE = "rights.readings.brake"
"""Line of the journal about a request that the brake refused: the wall counts it by this name."""
TOLD = (Role.DIRECTION, Role.DPO)


def readings_watch(*, at: dt.datetime | None = None) -> int:
    """Tell of each person past a limit in the last hour, once an hour; return how many. Safe to run twice."""
    with scope.acting(scope.NOTIFY):
        crossed = crossings(at or timezone.now())
        for one in crossed:
            _tell(one)
    return len(crossed)


def _tell(one: Crossing) -> None:
    """Owe a word about an account that neither message nor inbox names: the page behind sign-in does."""
    journal_append(action=ALERT, kind="user", object_id=one.person_id, details=one.measures)
    _owe(UNUSUAL, one.person_id, one.person_id)


def _owe(kind: str, object_id: UUID, person_id: UUID) -> None:
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in TOLD])
    # Somebody of the direction who reads too much is not who must be told of it.
    told = people.exclude(pk=person_id).values_list("pk", flat=True).distinct()
    notification_owe(kind=kind, owed=[Recipient(object_id=object_id, person_id=pk) for pk in told])


def reading_braked() -> Brake | None:
    """Return what holds back the actor who is about to read, None when nothing does. The refusal is written once the
    transaction of the request is over; then `reading_stop` is called.
    """
    brake = brake_now()
    if not brake.is_stopped and not brake.wait:
        return None
    attempt_refused(BRAKE, {"is_stopped": brake.is_stopped, "measures": list(brake.measures)})
    return brake


def reading_stop(*, person: User) -> ReadingStop | None:
    """Stop the readings of an account that went on until the last limit, and tell of it at once; None below it.

    Called after a refusal of the brake was written. Of two requests at the same instant, the second finds the stop.
    """
    with scope.acting(scope.NOTIFY):
        measures = stop_due(person.pk)
        if not measures:
            return None
        new = ReadingStop(account=person, measures=measures)
        [stop] = ReadingStop.objects.bulk_create([new], ignore_conflicts=True)
        if not ReadingStop.objects.filter(pk=stop.pk).exists():
            return None
        journal_append(action="rights.readings.stop", kind="reading_stop", object_id=stop.pk, details=measures)
        _owe(STOPPED, stop.pk, person.pk)
    return stop


@transaction.atomic
def reading_lift(*, stop: ReadingStop, by: User, reason: str) -> ReadingStop:
    """Let an account read again, for a reason. Raise `ValidationError` for who may not, or without a reason."""
    if not can_lift(stop.account_id):
        raise ValidationError("Une autre personne, de la direction, doit rouvrir ces lectures.", code="scope")
    stop = ReadingStop.objects.select_for_update(of=("self",)).get(pk=stop.pk)
    if stop.lifted_at:
        raise ValidationError("Les lectures de ce compte sont déjà rouvertes.")
    if not reason.strip():
        raise ValidationError({"reason": "Écrivez en une phrase pourquoi ce compte peut lire à nouveau."})
    stop.lifted_by, stop.lifted_at, stop.reason = by, timezone.now(), reason.strip()
    stop.save(update_fields=["lifted_by", "lifted_at", "reason"])
    journal_append(action="rights.readings.lift", kind="reading_stop", object_id=stop.pk)
    notification_close(kind=STOPPED, object_id=stop.pk)
    return stop
