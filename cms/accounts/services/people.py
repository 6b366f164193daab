"""Ending, suspending and reopening: what a departure closes is closed before the response is sent."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from cms.accounts.enums import SuspensionReason
from cms.accounts.models import AccountSuspension
from cms.accounts.policies import actor_id
from cms.accounts.services.doors import sessions_close
from cms.accounts.services.rights import asked_of_database
from cms.journal.context import request_id_current
from cms.journal.services import journal_append
from cms.partners.models import Membership
from cms.partners.people.services import membership_revoke
from cms.sessions.mails import mail_send
from cms.users.models import User
from cms.values.settings import setting_value
from cms.wall import scope

DAYS_OF_MONTH = 365.25 / 12
WARNED = dt.timedelta(days=30)
"""Between the warning of a dormant account and its suspension."""


@transaction.atomic
def member_leave(*, membership: Membership) -> None:
    """Somebody leaves a partner today: the membership, the sessions and what was opened to the person end at once.

    Raises `ValidationError` for oneself, and for somebody that the actor does not direct.
    """
    if membership_may_change(membership):
        membership_revoke(membership=membership)
    else:
        raise ValidationError("Cette personne ne dépend pas de vos droits : appelez la coordination.")
    _call("SELECT grants_of_person_end(%s)", membership.user_id)
    sessions_close(membership.user)


def membership_may_change(membership: Membership) -> bool:
    """Whether the wall lets the actor write this membership: the same rule, asked of the row itself."""
    return Membership.objects.select_for_update().filter(pk=membership.pk).exists()


@transaction.atomic
def account_suspend(*, user: User, why: SuspensionReason) -> None:
    """Close an account at once, whatever it holds. Raises `ValidationError` for one's own."""
    if user.pk == actor_id():
        raise ValidationError("Personne ne suspend son propre compte : demandez à une autre personne.")
    asked_of_database("SELECT account_suspend(%s, %s, %s)", user.pk, why.value, request_id_current())
    sessions_close(user)


def account_reopen(*, user: User) -> None:
    """Open a suspended account again. A director reopens those of the team that were dormant, and no other.

    Raises `ValidationError` when it is not suspended, or not the actor's to reopen.
    """
    asked_of_database("SELECT account_reopen(%s, %s)", user.pk, request_id_current())


def _call(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def dormant_since(before: dt.datetime) -> dict[User, dt.datetime]:
    """Active accounts that nobody has used since, with when each last was. Reopening one counts as using it."""
    reopened = Coalesce(Max("accountsuspensions__ended_at"), "date_joined")
    used_at = Greatest(Coalesce("last_login", "date_joined"), "date_joined", reopened)
    rows = User.objects.filter(is_active=True).annotate(used_at=used_at).filter(used_at__lt=before)
    return {user: user.used_at for user in rows}


def dormant_follow(now: dt.datetime | None = None) -> tuple[int, int]:
    """Warn accounts that nobody uses, suspend those warned thirty days ago; answers how many of each.

    Run again, it warns and suspends nobody twice. Whoever came back meanwhile is left alone.
    """
    now = now or timezone.now()
    limit = now - dt.timedelta(days=round(setting_value("accounts.dormant_months") * DAYS_OF_MONTH))
    with scope.acting(scope.ACCOUNTS):
        dormant = dormant_since(limit + WARNED)
        pending = AccountSuspension.objects.open().filter(starts_at=None)
        warned = dict(pending.values_list("user_id", "warned_at"))
        back = warned.keys() - {user.pk for user in dormant}
        pending.filter(user_id__in=back).update(ended_at=now)
        first = [user for user in dormant if user.pk not in warned]
        for user in first:
            _warn(user, now)
        late = [
            user
            for user, used_at in dormant.items()
            if (warned_at := warned.get(user.pk)) and warned_at <= now - WARNED and used_at < limit
        ]
        for user in late:
            asked_of_database("SELECT account_suspend(%s, %s, %s)", user.pk, SuspensionReason.DORMANT.value, "")
            sessions_close(user)
    return len(first), len(late)


def _warn(user: User, now: dt.datetime) -> None:
    AccountSuspension(user=user, why=SuspensionReason.DORMANT, warned_at=now).save(force_insert=True)
    journal_append(action="accounts.account.warn", kind="user", object_id=user.pk)
    mail_send("dormant", [user.email], day=timezone.localdate(now + WARNED))
