"""Connexions: opened at sign-in, touched by each request of the person, ended by time, by choice or by a change.

The id of a connexion is kept inside Django's session, under `SIGN_IN`. To end one is to date its row: the next request
of that browser finds it, whatever process answers and whatever the cookie says.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cms.journal.services import journal_append
from cms.kit.bound import bound_cursor
from cms.sessions.models import Ending, SignIn
from cms.users.models import User
from cms.values.settings import setting_values, settings_all
from cms.wall.doors import Door, is_serving, seal, shown

SIGN_IN = "sign_in"
"""Key of Django's session that holds the id of the connexion."""
OUTLIVED = "outlived"
"""Key left in the session of a browser whose connexion came to its time: whose text it may still hand in."""
LIVE, UNKNOWN = "live", "unknown"
TIMED_OUT = frozenset({Ending.IDLE.value, Ending.ABSOLUTE.value})
IDLE_MINUTES, SESSION_HOURS = "access.idle_minutes", "access.session_hours"


@dataclass(frozen=True)
class ConnexionState:
    """What the database says of a connexion: `live`, `unknown`, or why it ended; and when it will end by itself."""

    state: str
    has_just_ended: bool = False
    ends_at: dt.datetime | None = None
    is_final: bool = False
    """The end is that of the absolute limit: no activity moves it."""

    @property
    def is_live(self) -> bool:
        return self.state == LIVE

    @property
    def has_timed_out(self) -> bool:
        return self.state in TIMED_OUT

    def seconds_left(self, at: dt.datetime | None = None) -> int:
        return max(0, int((self.ends_at - (at or timezone.now())).total_seconds())) if self.ends_at else 0


def session_open(*, user: User, device: str, at: dt.datetime | None = None) -> SignIn:
    """Write a connexion that begins. Its `secret` is kept by the session of the browser, and its digest here."""
    at = at or timezone.now()
    sign_in = SignIn(user=user, device=device, started_at=at, seen_at=at)
    sign_in.secret = secrets.token_urlsafe(32)
    digest = hashlib.sha256(sign_in.secret.encode()).hexdigest()
    vouched = seal(f"sign_in|{user.pk}|{digest}") if is_serving() else ""
    with bound_cursor() as cursor:
        cursor.execute(
            "SELECT sign_in_open(%s, %s, %s, %s, %s, %s)",
            [sign_in.pk, user.pk, device, at, sign_in.secret, vouched],
        )
    shown(user.pk, Door("session", sign_in.secret))
    return sign_in


def session_touch(
    sign_in: str | None, owner: str, *, is_activity: bool, at: dt.datetime | None = None
) -> ConnexionState:
    """Say whether a connexion still holds, and note the activity, once a minute at most. One query, without a scope.

    An idle or too long connexion ends here: nobody has to pass by to end it.
    """
    defaults = {setting.key: setting.default for setting in settings_all()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, has_just_ended, ends_at, is_final FROM sign_in_touch(%s, %s, %s, %s, %s, %s)",
            [sign_in, owner, at or timezone.now(), is_activity, defaults[IDLE_MINUTES], defaults[SESSION_HOURS]],
        )
        return ConnexionState(*cursor.fetchone())


def sessions_live(*, user: User, at: dt.datetime | None = None) -> QuerySet[SignIn]:
    """Connexions of an account that still hold, the latest seen first."""
    at = at or timezone.now()
    idle, hours = setting_values(IDLE_MINUTES, SESSION_HOURS)
    rows = SignIn.objects.filter(user=user, ended_at=None)
    rows = rows.filter(seen_at__gt=at - dt.timedelta(minutes=idle), started_at__gt=at - dt.timedelta(hours=hours))
    return rows.order_by("-seen_at", "pk")


@transaction.atomic
def session_end(*, sign_in: SignIn, ending: str = Ending.CHOSEN, at: dt.datetime | None = None) -> bool:
    """End one's own connexion on one browser. False when it had ended already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sign_in_end(%s, %s, %s)", [sign_in.pk, str(ending), at or timezone.now()])
        ended: bool = cursor.fetchone()[0]
    if ended:
        action = "auth.signed_out" if ending == Ending.SIGNED_OUT else "auth.session.end"
        journal_append(action=action, kind="user", object_id=sign_in.user_id, details={"ending": str(ending)})
    return ended


@transaction.atomic
def sessions_end(
    *,
    user: User,
    except_key: str | uuid.UUID | None = None,
    ending: str = Ending.CHOSEN,
    at: dt.datetime | None = None,
) -> int:
    """End every connexion of an account at once, but `except_key` (what `current_key` answers); return how many.

    Whoever acts may ask it, in whatever role: ending opens nothing, and the services that call it have their rules.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sign_ins_end(%s, %s::uuid, %s, %s)", [user.pk, except_key, str(ending), at or timezone.now()]
        )
        count = cursor.fetchone()[0]
    if count:
        details = {"ending": str(ending), "count": count}
        journal_append(action="auth.session.end", kind="user", object_id=user.pk, details=details)
    return count


def current_key(request: HttpRequest) -> str | None:
    """Return the id of the connexion of this request, for `except_key`."""
    return request.session.get(SIGN_IN)


def sessions_forget(at: dt.datetime | None = None) -> int:
    """Remove connexions begun thirty days ago or more: the journal keeps that they were. For the nightly job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sign_ins_forget(%s)", [at or timezone.now()])
        return cursor.fetchone()[0]
