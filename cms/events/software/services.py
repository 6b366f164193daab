"""The account of a software takes two people; stopping it takes one. Its key is made by whoever answers for it."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.events.software.enums import AGREED, ASKED
from cms.events.software.models import LONGEST, SoftwareAccount
from cms.events.software.policies import may_agree, may_ask, may_follow
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.sessions.models import LONGEST_TOKEN, ApiToken
from cms.sessions.tokens import token_write
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

STOPPED = "Ce compte ne sert plus : demandez-en un autre."
TOO_LONG = "Un compte de logiciel prend fin après aujourd’hui, et dans deux ans au plus."


def _only(by: User, allowed: bool) -> None:
    if scope.current().user_id != by.pk or not allowed:
        raise PermissionDenied


@transaction.atomic
def software_ask(*, name: str, scopes: Collection[str], ends_on: dt.date, reason: str, by: User) -> SoftwareAccount:
    """Ask for the account of a software. Raises `ValidationError` beside its field."""
    _only(by, may_ask())
    today = timezone.localdate()
    if not today < ends_on < today + LONGEST:
        raise ValidationError({"ends_on": TOO_LONG})
    row = SoftwareAccount(
        name=name.strip(), scopes=sorted(set(map(str, scopes))), ends_on=ends_on, reason=reason.strip()
    )
    decision_ask(row, by=by, tell=_tell)
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    deciders = people.exclude(pk=by.pk).distinct().values_list("pk", flat=True)
    notification_owe(kind=ASKED, owed=[Recipient(row.pk, person_id=pk) for pk in deciders])
    return row


@transaction.atomic
def software_agree(*, row: SoftwareAccount, by: User) -> SoftwareAccount:
    """Agree, as another person: whoever answers for the software may make its key."""
    _only(by, may_agree())
    row = decision_agree(row, by=by, tell=_tell)
    notification_close(kind=ASKED, object_id=row.pk)
    notification_owe(kind=AGREED, owed=[Recipient(row.pk, person_id=row.asked_by_id)])
    return row


@transaction.atomic
def software_dismiss(*, row: SoftwareAccount, by: User) -> SoftwareAccount:
    """Set aside a request that waits: whoever asked may as well."""
    _only(by, may_agree() or row.asked_by_id == by.pk)
    row = decision_dismiss(row, by=by, tell=_tell)
    notification_close(kind=ASKED, object_id=row.pk)
    return row


@transaction.atomic
def software_stop(*, row: SoftwareAccount, by: User) -> SoftwareAccount:
    """Close the account of a software, at once. Raises `ValidationError` when it was closed."""
    _only(by, may_follow() or row.asked_by_id == by.pk)
    row = _in_force(row)
    row.revoked_by, row.revoked_at = by, timezone.now()
    row.save(update_fields=["revoked_by", "revoked_at"])
    notification_close(kind=AGREED, object_id=row.pk)
    _tell("revoke", row)
    return row


@transaction.atomic
def software_key(*, row: SoftwareAccount, by: User) -> str:
    """Make the key of a software and return its text, given here and never again. The former one ends.

    Called after a step-up, by whoever answers for the software.
    """
    _only(by, row.asked_by_id == by.pk)
    row = _in_force(row)
    ApiToken.objects.live().filter(software_id=row.pk).update(revoked_at=timezone.now())
    end = dt.datetime.combine(row.ends_on + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
    length = min(end - timezone.now(), LONGEST_TOKEN)
    _, text = token_write(by=by, label=row.name[:60], length=length, scopes=row.scopes, software_id=row.pk)
    notification_close(kind=AGREED, object_id=row.pk)
    _tell("key", row)
    return text


def _in_force(row: SoftwareAccount) -> SoftwareAccount:
    """Read the row again, locked. Raises `ValidationError` for one that is not in force."""
    found = SoftwareAccount.objects.in_force().select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(STOPPED)
    return found


def _tell(verb: str, row: SoftwareAccount) -> None:
    journal_append(action=f"events.software.{verb}", kind="software", object_id=row.pk)
