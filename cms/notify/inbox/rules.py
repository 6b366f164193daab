"""What people are told of: each app makes its kinds known in `ready()`. An object is a kind and an id."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from cms.kit.words import day_long, hour
from cms.notify.enums import Timing
from cms.users.roles import Role


def _no_steps() -> tuple[int, ...]:
    return ()


@dataclass(frozen=True)
class MessageContent:
    """What one message says besides its text: `content` stands for `{contenu}`; files as (name, body, MIME type)."""

    content: str = ""
    files: tuple[tuple[str, str, str], ...] = ()
    link: str = ""
    """Where it leads somebody without an account, when that is not the home page: a page that its address opens."""


@dataclass(frozen=True)
class NotificationKind:
    """`label` is the line of the inbox (« Une proposition d’accueil attend votre réponse »), and `url` its page.

    `subject` and `body` are the first text of the mail, which the coordination may reword; see `texts.py`. Neither
    names a person, a structure or a place. `timing` holds until the person chooses; an urgent kind leaves at once.
    `steps`: days before the day when it is due on which a reminder leaves, 0 and below for that day and after.
    """

    kind: str
    label: str
    subject: str
    body: str
    url: Callable[[uuid.UUID], str]
    roles: tuple[Role, ...]
    """Who is told of it: the page of choices shows it to them."""
    timing: Timing = Timing.NOW
    is_urgent: bool = False
    is_chosen: bool = True
    """Whether people choose when they are told of it; otherwise it is on no page of choices."""
    is_information: bool = False
    """Nothing is to be done: opening it ends it."""
    is_announced: bool = True
    """A message leaves as soon as it is owed; otherwise the reminders alone do."""
    sentences: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]] | None = None
    """What the inbox says of several objects, instead of the label, to the person who may read them: it runs in their
    scope, and leaves out what it does not see. No mail says it.
    """
    steps: Callable[[], tuple[int, ...]] = _no_steps
    particulars: Callable[[uuid.UUID, uuid.UUID], MessageContent | None] | None = None
    """From the id of the object and that of the obligation. It runs as the system actor `notify`, and enters the scope
    of its own app to read; None: there is nothing to say any more, and no message leaves.
    """


_kinds: dict[str, NotificationKind] = {}


def notification_register(kind: NotificationKind) -> None:
    _kinds[kind.kind] = kind


def notification_kind(kind: str) -> NotificationKind | None:
    """None for a kind that no app makes known any more: what was owed is then shown nowhere."""
    return _kinds.get(kind)


def notification_kinds() -> list[NotificationKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def due_words(due_at: dt.datetime | None, due_on: dt.date | None, *, now: dt.datetime | None = None) -> str:
    """Return when something is due, as it follows « avant »: « 23 h 40 », with its day if another, else the day."""
    if due_at:
        return hour(due_at, now=now)
    return f"le {day_long(due_on)}" if due_on else ""
