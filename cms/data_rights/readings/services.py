"""Telling direction and data protection of a person who reads, is refused or takes out too much in an hour."""

import datetime as dt

from django.utils import timezone

from cms.data_rights.readings.selectors import ALERT, Crossing, crossings
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

UNUSUAL = "unusual_readings"
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
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in TOLD])
    # Somebody of the direction who reads too much is not who must be told of it.
    told = people.exclude(pk=one.person_id).values_list("pk", flat=True).distinct()
    notification_owe(kind=UNUSUAL, owed=[Recipient(object_id=one.person_id, person_id=pk) for pk in told])
