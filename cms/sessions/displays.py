"""Displays: an address that opens one view on a projector or a wall, until a moment, without a name nor a session.

Each app registers its views. A view runs under the scope of who opened it: what that person may no longer see is no
longer shown, and an account that is closed shows nothing.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.kit.bound import bound_cursor
from cms.sessions.models import DisplayToken
from cms.users.models import User
from cms.vault.sealing import purpose_register, seal, unseal
from cms.wall import scope
from cms.wall.doors import Door

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without the signs that look alike: I and 1, O and 0."""
CODE_LENGTH, CODE_MINUTES = 6, 15
CODE_COLUMN = purpose_register("sessions.display.code")
WRONG, WRONG_SECONDS = 20, 300
"""So many wrong codes from one address, within so many seconds."""

Context = Callable[[uuid.UUID | None], dict[str, Any]]


@dataclass(frozen=True)
class DisplayView:
    """One view for an unattended screen: counts, dates and terms of the trade, never a name."""

    kind: str
    label: str
    template: str
    context: Context
    """Reads what is shown, of the object given or of none, under the scope of who opened the display."""
    may_open: Callable[[uuid.UUID | None], bool]
    """Asked when the display opens, and again each time that it is shown."""
    hours: int
    refresh_seconds: int = 60


_views: dict[str, DisplayView] = {}


def display_view_register(
    kind: str,
    *,
    label: str,
    template: str,
    context: Context,
    may_open: Callable[[uuid.UUID | None], bool],
    hours: int,
    refresh_seconds: int = 60,
) -> None:
    """Declare a view; the same kind twice is a programming error."""
    if kind in _views:
        raise ValueError(f"Affichage déclaré deux fois : {kind}")
    _views[kind] = DisplayView(kind, label, template, context, may_open, hours, refresh_seconds)


def display_view(kind: str) -> DisplayView | None:
    return _views.get(kind)


def display_view_to_open(kind: str, object_id: uuid.UUID | None) -> DisplayView:
    """Return the view, for somebody who may open it. Raise `Http404` for anybody else."""
    view = _views.get(kind)
    if view is None or not view.may_open(object_id):
        raise Http404
    return view


def views_without_object() -> list[DisplayView]:
    """List the views about nothing in particular that the actor may open: offered on « Mes affichages »."""
    return [view for view in _views.values() if view.may_open(None)]


@transaction.atomic
def display_open(
    *, kind: str, object_id: uuid.UUID | None, opened_by: User, at: dt.datetime | None = None
) -> tuple[DisplayToken, str]:
    """Open a display; answers it with the end of its address, which is written nowhere and cannot be found again."""
    view = display_view_to_open(kind, object_id)
    at = at or timezone.now()
    token = secrets.token_urlsafe(32)
    display = DisplayToken(
        token_hash=_hash(token),
        kind=kind,
        object_id=object_id,
        opened_by=opened_by,
        opened_at=at,
        ends_at=at + dt.timedelta(hours=view.hours),
    )
    row_clean(display)
    display.save(force_insert=True)
    journal_append(action="access.display.open", kind="display", object_id=display.pk, details={"view": kind})
    return display, token


def code_draw(token: str) -> str:
    """Draw six signs that open this display once, on the screen where somebody types them.

    The digest of the code is written, beside the sealed address: its opener is entered by a secret, here too.
    """
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    caches["limits"].set(_code_key(code), seal(token.encode(), CODE_COLUMN), 60 * CODE_MINUTES)
    return code


def code_spend(code: str) -> str | None:
    """Return the end of the address that these six signs open, once; None for a code that is wrong, spent or old."""
    cache, key = caches["limits"], _code_key("".join(sign for sign in code.upper() if sign.isalnum()))
    sealed = cache.get(key)
    first = display_find(unseal(sealed, CODE_COLUMN).decode()) if sealed else None
    if first is None or not cache.delete(key) or display_read(first) is None:
        return None
    with scope.acting(first.opened_by, door=Door("display", first.secret)):
        return display_open(kind=first.kind, object_id=first.object_id, opened_by=first.opened_by)[1]


def codes_refused(client: str) -> bool:
    """Tell whether too many wrong codes came from this address of the network."""
    return caches["limits"].get(f"display-wrong:{client}", 0) >= WRONG


def code_wrong(client: str) -> None:
    cache, key = caches["limits"], f"display-wrong:{client}"
    if not cache.add(key, 1, WRONG_SECONDS):
        cache.incr(key)


def _code_key(code: str) -> str:
    return f"display-code:{salted_hmac('sessions.display.code', code, algorithm='sha256').hexdigest()}"


@transaction.atomic
def display_close(*, display: DisplayToken, at: dt.datetime | None = None) -> bool:
    """Close a display: its address shows nothing from now on. False when it was closed already."""
    closed = DisplayToken.objects.filter(pk=display.pk, closed_at=None).update(closed_at=at or timezone.now())
    if closed:
        journal_append(action="access.display.close", kind="display", object_id=display.pk)
    return bool(closed)


def displays_live(at: dt.datetime | None = None) -> QuerySet[DisplayToken]:
    """List the displays that still show something, as far as the actor sees them."""
    rows = DisplayToken.objects.filter(closed_at=None, ends_at__gt=at or timezone.now())
    return rows.select_related("opened_by").order_by("-opened_at")


def display_find(token: str) -> DisplayToken | None:
    """Return the display of this address, live or not, without a scope."""
    names = [str(field.column) for field in DisplayToken._meta.concrete_fields]
    with bound_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM display_find(%s)", [token])  # noqa: S608 (our columns)
        row = cursor.fetchone()
    if row is None:
        return None
    display = DisplayToken.from_db("default", [field.attname for field in DisplayToken._meta.concrete_fields], row)
    display.secret = token
    return display


def display_read(display: DisplayToken, at: dt.datetime | None = None) -> dict[str, Any] | None:
    """Return what a display shows now; None once it is closed, over, or beyond what its opener may see."""
    view = _views.get(display.kind)
    if view is None or display.closed_at or display.ends_at <= (at or timezone.now()):
        return None
    with scope.acting(display.opened_by, door=Door("display", display.secret)):
        return view.context(display.object_id) if view.may_open(display.object_id) else None


def _hash(token: str) -> str:
    """Hash a token. Drawn at random on 256 bits, it needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
