"""Reminders before a training is to be renewed: 90, 30 and 7 days, once each, to the person."""

import datetime as dt
import uuid
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cms.access import scope
from cms.access.mails import sign_in_address
from formation.models import Professional
from formation.selectors import month_later, rules_in_force, with_last_training

STEPS = (7, 30, 90)
"""Days before; somebody found late gets the nearest one alone."""

Due = tuple[uuid.UUID, str, dt.date, int]


class _NotSent(Exception):
    pass


def renewals_remind(today: dt.date | None = None) -> int:
    """Tell whoever must renew soon; answers how many were told. Run twice in a day, it tells nobody again."""
    today = today or timezone.localdate()
    return sum(_remind(*due) for due in _due(today))


def _due(today: dt.date) -> list[Due]:
    with scope.acting(scope.FIGURES):
        rules = rules_in_force()
        people: Any = with_last_training(Professional.objects.filter(merged_into=None, is_test=False), rules)
        rows = people.exclude(email="").exclude(last_trained_on=None)
        found = rows.values_list("pk", "email", "last_trained_on")
        dated = [(pk, email, month_later(last, rules.refresh_months)) for pk, email, last in found]
    steps = [(pk, email, on, _step((on - today).days)) for pk, email, on in dated]
    return [(pk, email, on, step) for pk, email, on, step in steps if step]


def _step(left: int) -> int:
    """The nearest step that has been reached; 0 when it is too early, or over."""
    return next((days for days in STEPS if 0 <= left <= days), 0)


def _remind(professional_id: uuid.UUID, email: str, due_on: dt.date, days: int) -> bool:
    """One person in one transaction: a message that does not leave is not noted as sent, and is tried the next day."""
    try:
        with scope.acting(scope.TRAINING), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT renewal_remind(%s, %s, %s)", [professional_id, due_on, days])
            if not cursor.fetchone()[0]:
                return False
            _send(email, due_on)
    except _NotSent:
        return False
    return True


def _send(email: str, due_on: dt.date) -> None:
    body = render_to_string("formation/mails/renewal.txt", {"due_on": due_on, "sign_in": sign_in_address()})
    try:
        EmailMessage(subject="Havre : une formation est à renouveler", body=body, to=[email]).send()
    except (SMTPException, OSError) as error:
        raise _NotSent from error
