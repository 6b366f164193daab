"""What opens the scope of a request: a secret of whoever acts, or the word of the process where the database has none.

Outside a request (jobs, commands, tests) nothing is asked here: the database looks at the login, and refuses that of
the web.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils.encoding import force_bytes


@dataclass(frozen=True)
class Door:
    """How a person is entered. Without a secret, the process vouches for the reason that it names."""

    name: str
    secret: str = ""


JOB = Door("job")
SIGN_IN = Door("sign_in")
"""Somebody whose password, factor or provider has just been checked: the connexion begins in this request."""
PASSWORD = Door("password")
"""Somebody who chooses a new password by the link of a mail: the network’s words are refused, sessions end."""
DRAFT = Door("draft")
"""Somebody whose connexion came to its time: it is told to the journal, and what they typed is kept for them."""
PREVIEW = Door("preview")
"""The author of a draft, whose signed link a front shows."""
INVITATION = Door("invitation")
"""Somebody whose account an invitation has just opened."""


class DoorError(RuntimeError):
    """A request acts as somebody whom nothing shown to it names: a fault of ours."""


@dataclass
class Served:
    """Whom the running request has shown a secret of, and which."""

    person: uuid.UUID | None = None
    door: Door | None = None


_served: ContextVar[Served | None] = ContextVar("served", default=None)


@contextmanager
def serving() -> Iterator[None]:
    """Answer a request: whoever acts from now on is asked for a secret, whatever login opened the connection."""
    token = _served.set(Served())
    try:
        yield
    finally:
        _served.reset(token)


def is_serving() -> bool:
    return _served.get() is not None


def shown(person: uuid.UUID, door: Door) -> None:
    """Keep what the request has shown, to enter the same person again after a rollback or within a block."""
    served = _served.get()
    if served is not None:
        served.person, served.door = person, door


def door_of(person: uuid.UUID, door: Door | None) -> Door:
    """Return how a person is entered here and now. Raises `DoorError` where a request has nothing to show."""
    served = _served.get()
    if served is None:
        return JOB
    if served.person == person and served.door is not None:
        return served.door
    if door is None:
        raise DoorError("A request enters the scope of somebody who showed it nothing.")
    return door


def proof_of(door: Door, person: uuid.UUID) -> str:
    """Return what the database checks: the secret, or the seal of the process."""
    return door.secret or ("" if door == JOB else seal(f"person|{door.name}|{person}"))


def seal(message: str) -> str:
    """Vouch for something, to `seal_holds` of the database: under the key of this process, for five minutes."""
    at = str(int(dt.datetime.now(dt.UTC).timestamp()))
    inner, outer = _keys_of(settings.SECRET_KEY)
    inside = hashlib.sha256(inner + f"{at}|{message}".encode()).digest()
    return f"{at}:{hashlib.sha256(outer + inside).hexdigest()}"


def keys_of_settings() -> list[tuple[bytes, bytes]]:
    """Return what the database is given at each `migrate`: the present key, and the former ones while they last."""
    return [_keys_of(secret) for secret in dict.fromkeys([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])]


def _keys_of(secret: str | bytes) -> tuple[bytes, bytes]:
    """Two keys of a block of SHA-256 each, which tell nothing of `SECRET_KEY`."""
    drawn = hashlib.shake_256(b"havre.wall.doors|" + force_bytes(secret)).digest(128)
    return drawn[:64], drawn[64:]
