"""Who acts. The settings `app.*` of the transaction are read by every policy of the database: no scope, no row.

`enter` is called by the middleware, by the API's authentication and at sign-in; jobs and commands use `acting`. Within
a request, a person is entered by what the request showed, a system actor under the seal of the process
(`cms/wall/doors.py`).
"""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from cms.kit.bound import bound_cursor
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall.doors import Door, door_of, is_serving, proof_of, seal


@dataclass(frozen=True)
class SystemActor:
    """A named actor for what nobody asked for: figures, escalations, retention."""

    name: str


FIGURES = SystemActor("figures")
"""Reads every row, writes none: indicators are refused under a partial scope."""
REFERENCE = SystemActor("reference")
"""Loads reference data and opens the first accounts; sees no row about a minor."""
VAULT = SystemActor("vault")
"""Names in the journal what is done to the keys and to the seals; opens no row by itself."""
ACCOUNTS = SystemActor("accounts")
"""Opens the account of whoever accepts an invitation, and suspends unused ones; sees no row about a minor."""
RETENTION = SystemActor("retention")
"""Prepares what has been kept long enough, and erases what two people signed, through functions of the owner alone."""

HOUSEKEEPING = SystemActor("housekeeping")
"""Removes connexions and kept forms past their time; reads none."""
NOTIFY = SystemActor("notify")
"""Rings whoever is on duty; sees no row about a minor."""
SIGNING = SystemActor("signing")
"""Writes the signatures given on a phone without an account, through functions of the owner alone; reads no person."""
TRAINING = SystemActor("training")
"""Sends what is owed to people enrolled in a session; sees no row about a minor."""
DOCUMENTS = SystemActor("documents")
"""Keeps which reminders of a signature left; sees no row about a minor."""
FILES = SystemActor("files")
"""Destroys the bodies of attachments removed long ago; sees the rows of attachments and no other."""
STAYS = SystemActor("stays")
"""Ends a stay once the next one is confirmed, by a structure that knows nothing of the former one."""
EVENTS = SystemActor("events")
"""Sends what happened to the addresses that two people agreed to: it enters the scope of who answers for each."""
EXPORTS = SystemActor("exports")
"""Follows exports that were asked for, and removes old ones; reads no row of what is exported."""


Actor = User | AnonymousUser | SystemActor
"""Who may act: a person, nobody, or a system actor."""


@dataclass(frozen=True)
class Scope:
    """What an actor may reach on the day, as the database sees it."""

    user_id: uuid.UUID | None = None
    system: str = ""
    roles: frozenset[str] = frozenset()
    memberships: frozenset[tuple[uuid.UUID, str]] = field(default_factory=frozenset)
    unread: int = 0
    """Notifications not read as the request began: counted with the scope, since every page shows it."""
    scopes: frozenset[str] | None = None
    """Permissions of the token that carries the request; None: whoever acts is no software."""
    asked: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What `ask_with_scope` added, as it stood when the scope was entered."""

    def has_role(self, *roles: Role) -> bool:
        return any(role.value in self.roles for role in roles)

    def sees_all_cases(self) -> bool:
        return self.has_role(*SEES_ALL_CASES)

    def opens(self, permission: str) -> bool:
        """Return whether a token opens this; somebody without one opens what they may see."""
        return self.scopes is None or permission in self.scopes

    def partners_as(self, *roles: Role) -> list[uuid.UUID]:
        """Partners in which the actor holds one of these roles today."""
        return sorted({partner for partner, role in self.memberships if role in {r.value for r in roles}})


NOBODY = Scope()
_questions: dict[str, tuple[str, Callable[[uuid.UUID], dict[str, Any]]]] = {}
_current: ContextVar[Scope] = ContextVar("scope", default=NOBODY)
_undone: ContextVar[dict[object, Callable[[], None]] | None] = ContextVar("undone", default=None)


def current() -> Scope:
    return _current.get()


def ask_with_scope(name: str, sql: str, parameters: Callable[[uuid.UUID], dict[str, Any]]) -> None:
    """Read one row of `sql` in the query that enters the scope of a person, under that scope: every request needs it.

    The row stands under `name` in `asked`, as JSON.
    """
    _questions[name] = (sql, parameters)


def enter(actor: Actor, *, door: Door | None = None) -> Scope:
    """Give the running transaction the scope of a user or of a system actor; return the scope it replaces."""
    previous = _current.get()
    _current.set(_read(actor, door)[0])
    return previous


def narrowed(permissions: Iterable[str]) -> None:
    """Note what the database narrowed the running scope to."""
    _current.set(replace(_current.get(), scopes=frozenset(permissions)))


@contextmanager
def acting(actor: Actor, *, door: Door | None = None) -> Iterator[Scope]:
    """Open a transaction under the scope of `actor`, and give back the previous one at the end.

    `door`: how a request enters somebody else than whoever it was opened for.
    """
    nested = connection.in_atomic_block
    previous = _current.get()
    undone = None if nested else _undone.set({})
    is_in_doubt = False
    try:
        with transaction.atomic():
            entered, kept = _read(actor, door)
            _current.set(entered)
            yield entered
            # A rolled-back savepoint restores the settings by itself; so does the end of the transaction.
            if nested and not connection.needs_rollback:
                _give_back(kept)
            is_in_doubt = not connection.needs_rollback
        is_in_doubt = False
    finally:
        _current.set(previous)
        if undone is not None:
            pending = _undone.get() or {}
            _undone.reset(undone)
            # A commit that raised may have been done all the same: then nothing is undone.
            for undo in () if is_in_doubt else pending.values():
                undo()


def undo_on_rollback(undo: Callable[[], None]) -> None:
    """Call `undo` if what is done now, outside the database, ends up rolled back with the transaction of `acting`."""
    waiting = _undone.get()
    if waiting is None:
        return
    mark = object()
    waiting[mark] = undo
    # Kept by the commit alone: a savepoint that is rolled back forgets this line, and `undo` is called.
    transaction.on_commit(lambda: waiting.pop(mark, None))


def _read(actor: Actor, door: Door | None) -> tuple[Scope, list[str]]:
    """Have the database enter a scope; return it, and the settings to give back: they bear the proof of the former.

    Nobody is entered where the connexion shown has ended meanwhile.
    """
    if isinstance(actor, SystemActor):
        return Scope(system=actor.name), _enter_system(actor.name)
    if not actor.is_authenticated:
        return NOBODY, _enter_system("")
    # The condition always holds: it has the database enter the scope before it reads what is asked with it.
    asked = "".join(
        f", (SELECT to_jsonb(a)::text FROM ({sql}) a WHERE s.roles IS NOT NULL)"  # noqa: S608 (constants of ours)
        for sql, _ in _questions.values()
    )
    query = (
        f"SELECT s.roles, s.memberships, s.kept, scope_unread(%(person)s){asked} "  # noqa: S608
        "FROM scope_open(%(person)s, %(door)s, %(proof)s) s"
    )
    by = door_of(actor.pk, door)
    parameters: dict[str, Any] = {"person": actor.pk, "door": by.name, "proof": proof_of(by, actor.pk)}
    for _, added in _questions.values():
        parameters |= added(actor.pk)
    with bound_cursor() as cursor:
        cursor.execute(query, parameters)
        roles, memberships, kept, unread, *answers = cursor.fetchone()
    if roles is None:
        return NOBODY, kept
    pairs = frozenset((uuid.UUID(partner), role) for partner, role in (item.split(":") for item in memberships))
    answered = {name: json.loads(answer) for name, answer in zip(_questions, answers, strict=True)}
    return Scope(user_id=actor.pk, roles=frozenset(roles), memberships=pairs, unread=unread, asked=answered), kept


def _enter_system(name: str) -> list[str]:
    with bound_cursor() as cursor:
        if name and is_serving():
            cursor.execute("SELECT scope_open_system(%s, %s)", [name, seal(f"system|{name}")])
        else:
            cursor.execute("SELECT scope_enter_system(%s)", [name])
        kept: list[str] = cursor.fetchone()[0]
    return kept


def _give_back(kept: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_back(%s::text[])", [kept])
