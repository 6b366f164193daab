"""The job of the morning: delays that are over, and notifications of what falls due."""

import datetime as dt
import uuid
from typing import Any

from django.db import connection

from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notifications_follow
from cms.values.settings import setting_value
from cms.wall import scope
from referentiel.common.selectors import REPLY_DAYS, derogation_steps, proof_steps, visit_steps
from referentiel.enums import About
from referentiel.visits.rules import kind_of


def visits_silence(*, on: dt.date) -> int:
    """Close the delay of visits whose structure did not answer in time. Return how many.

    What is standard is confirmed as proposed, what is imperative stays open. Run again, it changes nothing.
    """
    with scope.acting(scope.NOTIFY):
        gone = _rows("SELECT * FROM visits_silence(%s, %s)", on, setting_value(REPLY_DAYS))
        for visit_id, confirmed in gone:
            journal_append(
                action="referentiel.visit.silence", kind="visit", object_id=visit_id, details={"count": confirmed}
            )
    return len(gone)


def standards_follow(*, on: dt.date) -> None:
    """Notify who must act on visits, proofs and derogations, and stop notifying what is done. Run each morning."""
    first = max(visit_steps()), max(proof_steps()), max(derogation_steps())
    with scope.acting(scope.NOTIFY):
        rows = _rows("SELECT * FROM standards_owed(%s, %s, %s, %s)", on, *first)
    owed: dict[str, list[Recipient]] = {about.value: [] for about in About}
    for about, object_id, due_on, person_id, partner_id, role in rows:
        owed[about].append(_owed(object_id, due_on, person_id, partner_id, role))
    for about in About:
        notifications_follow(kind=kind_of(about), owed=owed[about.value])


def _owed(
    object_id: uuid.UUID, due_on: dt.date, person_id: uuid.UUID, partner_id: uuid.UUID | None, role: str
) -> Recipient:
    return Recipient(object_id=object_id, person_id=person_id, partner_id=partner_id, role=role, due_on=due_on)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
