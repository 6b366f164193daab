"""What data protection and the direction check: alerts read, the verification of the night, the monthly review."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import NOT_OPEN
from cms.data_rights.models import AccessReview, AlertReceipt, NightCheck
from cms.data_rights.register.services import ANSWERS
from cms.journal.rows import row_clean
from cms.journal.services import acting_as_journal, journal_append
from cms.operations.integrity import check_run, checks_all
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Alert

MOST_PROBLEMS = 20
"""Sentences kept of one check; their number is kept whole."""


@transaction.atomic
def alert_receive(*, alert: Alert, by: User, words: str = "") -> AlertReceipt:
    """Record that an alert was read. Who raised it may not acknowledge it."""
    if not scope.current().has_role(*ANSWERS):
        raise ValidationError(NOT_OPEN, code="scope")
    if alert.raised_by_id == by.pk:
        raise ValidationError("Une autre personne que celle qui a brisé la glace doit prendre l’alerte en compte.")
    if AlertReceipt.objects.filter(alert=alert).exists():
        raise ValidationError("Cette alerte est déjà prise en compte.")
    receipt = AlertReceipt(alert=alert, by=by, words=words.strip())
    receipt.save(force_insert=True)
    journal_append(action="rights.alert.receive", kind=alert.object_kind, object_id=alert.object_id)
    return receipt


@transaction.atomic
def review_sign(*, month: dt.date, by: User, figures: dict[str, Any], remarks: str) -> AccessReview:
    """Sign the review of a month that is over; figures are kept as they were read."""
    if not scope.current().has_role(Role.DPO):
        raise ValidationError("La revue des accès est signée par la protection des données.", code="scope")
    if month.replace(day=1) >= timezone.localdate().replace(day=1):
        raise ValidationError("Ce mois n’est pas fini.")
    review = AccessReview(month=month.replace(day=1), signed_by=by, figures=figures, remarks=remarks.strip())
    row_clean(review, exclude=["figures"])
    review.save(force_insert=True)
    journal_append(
        action="rights.review.sign",
        kind="access_review",
        object_id=review.pk,
        details={"month": f"{review.month:%Y-%m}"},
    )
    return review


def night_check() -> NightCheck:
    """Run every verification and keep what it found. One that fails to run is a problem too."""
    problems: dict[str, list[str]] = {}
    for check in checks_all():
        try:
            messages = check_run(check)
        except Exception as error:  # noqa: BLE001
            messages = [f"cette vérification n’a pas pu se faire ({type(error).__name__})"]
        if messages:
            problems[check.label] = messages
    with acting_as_journal():
        stored = {label: messages[:MOST_PROBLEMS] for label, messages in problems.items()}
        row = NightCheck(problems=stored, count=sum(len(messages) for messages in problems.values()))
        row.save(force_insert=True)
    return row
