"""Tokens: what lets a spreadsheet or another software read, under the rights of its owner, what its owner may read.

Only the SHA-256 of a token is kept. It serves to read, ends at its date, when it is revoked, and as soon as one of the
rights held on the day it was created has ended.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.kit.bound import bound_cursor
from cms.sessions.models import ApiToken
from cms.sessions.scopes.rules import READS
from cms.users.models import User
from cms.wall import scope
from cms.wall.doors import Door, shown

MOST_LIVE = 10
DAYS = (30, 90, 180, 365)
"""How long a token may live."""


def may_hold_token() -> bool:
    """Whether the actor holds a role today: the others read nothing that a software would need."""
    return bool(scope.current().roles)


@transaction.atomic
def token_create(*, by: User, label: str, days: int, scopes: Collection[str] = READS) -> tuple[ApiToken, str]:
    """Create a token of the actor; return it and its text, given here and never again. Called after a step-up.

    Raises `ValidationError` when the actor may not hold one, has too many, asks for more than a year, for nothing, or
    to write: that is for the account of a software.
    """
    if not may_hold_token():
        raise ValidationError("Votre compte n’a pas d’accès à confier à un logiciel.", code="scope")
    if days not in DAYS:
        raise ValidationError({"days": "Un jeton dure un an au plus."})
    if not set(scopes) <= set(READS):
        raise ValidationError({"scopes": "Un jeton personnel ne sert qu’à lire."})
    if ApiToken.objects.live().filter(software_id=None).count() >= MOST_LIVE:
        raise ValidationError(
            "Vous avez déjà dix jetons : révoquez d’abord ceux qui ne servent plus.", code="too_many"
        )
    return token_write(by=by, label=label, length=dt.timedelta(days), scopes=scopes)


@transaction.atomic
def token_write(
    *, by: User, label: str, length: dt.timedelta, scopes: Collection[str], software_id: uuid.UUID | None = None
) -> tuple[ApiToken, str]:
    """Write a token of the actor, whose right to one was asked; `software_id`: the account of a software it serves."""
    text = f"hvj_{secrets.token_urlsafe(32)}"
    now = timezone.now()
    token = ApiToken(
        user=by,
        label=label,
        digest=digest_of(text),
        scopes=sorted(set(map(str, scopes))),
        software_id=software_id,
        held=held_now(),
        created_at=now,
        expires_at=now + length,
    )
    row_clean(token)
    token.save(force_insert=True)
    _tell("access.token.create", by, {"expires_at": token.expires_at, "scopes": token.scopes})
    return token, text


@transaction.atomic
def token_revoke(*, token: ApiToken, by: User) -> None:
    if ApiToken.objects.live().filter(pk=token.pk).update(revoked_at=timezone.now()):
        _tell("access.token.revoke", by)


def tokens_end(*, user: User) -> int:
    """End every token of a person, whoever acts; return how many ended. The caller tells the journal why."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT api_tokens_end(%s, %s)", [user.pk, timezone.now()])
        count: int = cursor.fetchone()[0]
    return count


def token_user(text: str) -> tuple[User | None, bool]:
    """Owner of a token, whose scope is entered while it serves, and whether it does. Notes the day of use alone."""
    with bound_cursor() as cursor:
        cursor.execute("SELECT user_id, held, is_live FROM api_token_use(%s)", [text])
        row = cursor.fetchone()
    if row is None:
        return None, False
    user = User.objects.get(pk=row[0])
    if not row[2]:
        return user, False
    shown(user.pk, Door("token", text))
    scope.enter(user)
    _narrow(text)
    is_open = bool(scope.current().scopes) and may_hold_token()
    return user, is_open and set(row[1]) <= set(held_now())


def _narrow(text: str) -> None:
    """Have the database close what this token does not open: read again at each call, so that less is less at once."""
    with bound_cursor() as cursor:
        cursor.execute("SELECT token_narrow(%s)", [text])
        scope.narrowed(cursor.fetchone()[0])


@transaction.atomic
def token_narrow(*, token: ApiToken, scopes: Collection[str], by: User) -> None:
    """Leave a token fewer permissions, at once. Raises `ValidationError` for one that it does not have."""
    if not set(scopes) <= set(token.scopes):
        raise ValidationError({"scopes": "Un jeton ne s’élargit pas : créez-en un autre."})
    kept = sorted(set(scopes))
    if not kept:
        raise ValidationError({"scopes": "Un jeton qui n’ouvre plus rien se révoque."})
    row = ApiToken.objects.live().select_for_update().filter(pk=token.pk).first()
    if row:
        before, row.scopes = row.scopes, kept
        row.save(update_fields=["scopes"])
        _tell("access.token.narrow", by, {"scopes": [before, kept]})


def held_now() -> list[str]:
    """Rights of the actor today, as a token remembers them."""
    current = scope.current()
    return sorted([*current.roles, *(f"{partner}:{role}" for partner, role in current.memberships)])


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(action: str, by: User, details: dict | None = None) -> None:
    journal_append(action=action, kind="user", object_id=by.pk, details=details)
