"""Months of the journal that leave: prepared by the job, agreed on by two people, dropped whole by the job.

PostgreSQL checks everything again (`journal_month_obstacle`): the application may only call its functions.
"""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cms.journal.context import request_id_current
from cms.journal.enums import HoldReason
from cms.journal.models import JournalMonth
from cms.journal.services import acting_as_journal

OBSTACLES = {
    "recent": "Ce mois n’a pas dépassé le délai de conservation.",
    "older": "Un mois plus ancien est encore là : il part d’abord.",
    "empty": "Ce mois ne contient plus aucune ligne.",
    "unsealed": "Des lignes de ce mois ne sont pas encore scellées. Réessayez dans quelques minutes.",
    "held": "Une conservation forcée couvre ce mois. Levez-la d’abord si elle n’a plus lieu d’être.",
    "last": "Ce mois porte la dernière ligne scellée du journal : il reste.",
}
NOT_YOURS = "Votre accord est déjà donné, ou ce mois n’attend plus le vôtre."


def _call(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def month_obstacle(month: dt.date) -> str:
    """Why the lines of a month may not leave now, in a sentence; empty when they may."""
    code = str(_call("SELECT journal_month_obstacle(%s)", month))
    return OBSTACLES.get(code, code)


def month_prepare() -> uuid.UUID | None:
    """Propose the oldest month, when nothing keeps it; None when there is none, or when it is proposed already."""
    with acting_as_journal():
        return _call("SELECT journal_month_prepare()")


@transaction.atomic
def month_approve(*, month: JournalMonth) -> None:
    """Give the agreement of the direction or of data protection, whichever the actor is. Raises `ValidationError`."""
    if obstacle := month_obstacle(month.month):
        raise ValidationError(obstacle)
    try:
        with transaction.atomic():
            _call("SELECT journal_month_approve(%s, %s)", month.pk, request_id_current())
    except IntegrityError as error:
        raise ValidationError(NOT_YOURS) from error


def month_drop(month_id: uuid.UUID) -> None:
    """Drop the lines of a month on which both agreed, in one transaction. Raises `DatabaseError` when it may not."""
    with acting_as_journal():
        _call("SELECT journal_month_drop(%s)", month_id)


@transaction.atomic
def hold_place(*, from_month: dt.date, reason: HoldReason | str) -> None:
    """Keep every line from this month on, whatever the delay, until the hold is lifted."""
    if from_month > dt.date.today():
        raise ValidationError({"from_month": "Ce mois n’est pas commencé."})
    _call("SELECT journal_hold_place(%s, %s, %s)", from_month, str(reason), request_id_current())


@transaction.atomic
def hold_lift(*, hold_id: uuid.UUID) -> None:
    _call("SELECT journal_hold_lift(%s, %s)", hold_id, request_id_current())
