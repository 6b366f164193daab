"""Reminding who signs for a structure. A step is written in the transaction that sends it: run twice, it sends one."""

import datetime as dt
import uuid
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cms.access import scope
from cms.access.mails import sign_in_address
from cms.documents.models import DocumentKind, ReminderStep, SignatureReminder
from cms.documents.settings import FIRST_DAYS, LAST_DAYS
from cms.documents.standing import Awaited, signatures_awaited
from cms.journal.services import journal_append
from cms.values.settings import setting_values

NAMESPACE = uuid.UUID("6f1f5d1e-6c58-4b8e-9d63-3a3f5b1f0c11")
SUBJECT = "Havre : une signature vous attend"


def signatures_remind(on: dt.date) -> int:
    """Send the reminders that fall due; answers how many left. One that does not leave is tried the next time."""
    with scope.acting(scope.FIGURES):
        awaited = signatures_awaited(DocumentKind.REFERENTIEL, on)
        first, last = setting_values(FIRST_DAYS, LAST_DAYS)
    with_step = [(row, step_on(row.due_on, on, first=first, last=last)) for row in awaited]
    return sum(_remind(row, step) for row, step in with_step if step)


def step_on(due_on: dt.date, day: dt.date, *, first: int, last: int) -> ReminderStep | None:
    """Which reminder a day calls for: the latest whose time has come, so that a day without a worker loses none."""
    left = (due_on - day).days
    if left < 0:
        return ReminderStep.OVER
    if left <= last:
        return ReminderStep.LAST
    return ReminderStep.FIRST if left <= first else None


def _remind(row: Awaited, step: ReminderStep) -> bool:
    membership, version = row.membership, row.version
    names = {"version": version, "partner_id": membership.partner_id, "user_id": membership.user_id, "step": step}
    with scope.acting(scope.DOCUMENTS):
        if SignatureReminder.objects.filter(**names).exists():
            return False
        # The same id for every try: a mailbox shows one message, even if a worker dies between sending and writing.
        key = uuid.uuid5(NAMESPACE, f"{version.pk}:{membership.partner_id}:{membership.user_id}:{step}")
        reminder = SignatureReminder(pk=key, due_on=row.due_on, sent_at=timezone.now(), **names)
        try:
            with transaction.atomic():
                reminder.save(force_insert=True)
                journal_append(
                    action="documents.acknowledgement.remind",
                    kind="partner",
                    object_id=membership.partner_id,
                    details={"number": version.number, "step": step.value},
                )
                _send(reminder, membership.user.email)
        except (IntegrityError, SMTPException, OSError):
            # Another worker has it, or the server of messages does not answer: nothing is written.
            return False
    return True


def _send(reminder: SignatureReminder, address: str) -> None:
    """Something awaits, and a link: never a name, a structure nor a place."""
    is_over = reminder.step == ReminderStep.OVER
    text = render_to_string(
        "documents/mails/signature.txt", {"day": reminder.due_on, "is_over": is_over, "sign_in": sign_in_address()}
    )
    headers = {"Message-ID": f"<{reminder.pk}@havre.invalid>"}
    EmailMessage(SUBJECT, text, None, [address], headers=headers).send()
