"""What one person asks and another decides: one lock, one check, one write, with the line that `tell` adds to the
journal in the same transaction.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.decisions.models import AgreedByTwo, DecidedByTwo
from cms.journal.rows import row_clean
from cms.users.models import User

Agreed = TypeVar("Agreed", bound=AgreedByTwo)
Decided = TypeVar("Decided", bound=DecidedByTwo)

OVER = "Cette demande n’attend plus : quelqu’un vient de la décider."
YOURS = "Vous l’avez demandé : une autre personne décide."


@transaction.atomic
def decision_ask(row: Agreed, *, by: User, tell: Callable[[str, Agreed], object]) -> Agreed:
    """Insert what somebody asks. `tell` writes the line "ask" of the journal."""
    row.asked_by, row.asked_at = by, timezone.now()
    row_clean(row)
    row.save(force_insert=True)
    tell("ask", row)
    return row


@transaction.atomic
def decision_agree(
    row: Agreed,
    *,
    by: User,
    tell: Callable[[str, Agreed], object],
    effect: Callable[[Agreed], Mapping[str, Any]] = lambda row: {},
) -> Agreed:
    """Agree, as another person than the one who asked. `effect` checks and does what follows from it, on the locked
    row, and returns the other fields to write with the answer.

    Raises `ValidationError` for whoever asked, and for a request that waits no more.
    """
    row = _waiting(row)
    another_only(row.asked_by_id, by)
    return _answer(row, "agree", tell, agreed_by=by, agreed_at=timezone.now(), **effect(row))


@transaction.atomic
def decision_dismiss(row: Decided, *, by: User, tell: Callable[[str, Decided], object], **values: Any) -> Decided:
    """Set a request aside: whoever asked may as well. Raises `ValidationError` when it waits no more."""
    return _answer(_waiting(row), "dismiss", tell, dismissed_by=by, dismissed_at=timezone.now(), **values)


def another_only(asked_by_id: uuid.UUID | None, by: User) -> None:
    """Raise `ValidationError` for whoever asked."""
    if asked_by_id == by.pk:
        raise ValidationError(YOURS)


def _waiting(row: Agreed) -> Agreed:
    """Read the row again, locked for this transaction. Raises `ValidationError` when it waits no more."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if not row.is_waiting:
        raise ValidationError(OVER)
    return row


def _answer(row: Agreed, verb: str, tell: Callable[[str, Agreed], object], **values: Any) -> Agreed:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    tell(verb, row)
    return row
