"""The list of units under the protocol, their yearly review, and its reminders."""

import datetime as dt
import uuid
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cms.access import scope
from cms.access.mails import sign_in_address
from cms.documents.enums import SIGNED_BY_UNITS, ReminderStep
from cms.documents.models import AuthorisedUnit, UnitReminder, UnitReview
from cms.documents.policies import may_record_paper, signs
from cms.documents.settings import REVIEW_DAYS
from cms.journal.services import journal_append, refusal_queue
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.settings import setting_value

NAMESPACE = uuid.UUID("b7a5c7a2-3f0a-4a3e-8e53-0d3a2b9d6c44")
SUBJECT = "Havre : une revue annuelle vous attend"


@transaction.atomic
def unit_list(
    *,
    partner: Partner,
    network_contact: User,
    contact_name: str,
    contact_position: str,
    contact_phone: str = "",
    review_on: dt.date,
    by: User,
) -> AuthorisedUnit:
    """Put a unit on the list of the protocol, or change its contacts and the date of its review. Raises
    `ValidationError`.
    """
    _check_author(partner.pk, by)
    if not signs(partner, SIGNED_BY_UNITS):
        raise ValidationError("Ce protocole s’adresse aux unités de police et de gendarmerie.")
    unit = AuthorisedUnit.objects.filter(partner=partner).first() or AuthorisedUnit(partner=partner)
    unit.network_contact, unit.review_on = network_contact, review_on
    unit.contact_name, unit.contact_position = contact_name.strip(), contact_position.strip()
    unit.contact_phone = contact_phone.strip()
    unit.full_clean()
    unit.save()
    journal_append(
        action="documents.unit.list",
        kind="partner",
        object_id=partner.pk,
        details={"review_on": review_on.isoformat(), "network_contact": str(network_contact.pk)},
    )
    return unit


@transaction.atomic
def unit_review(
    *, unit: AuthorisedUnit, reviewed_on: dt.date, decisions: str, next_on: dt.date, by: User
) -> UnitReview:
    """Write the yearly review of a unit, which fixes the next one. Raises `ValidationError`."""
    _check_author(unit.partner_id, by)
    row = AuthorisedUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if reviewed_on > timezone.localdate():
        raise ValidationError({"reviewed_on": "Une revue ne se date pas du futur."})
    if next_on <= reviewed_on:
        raise ValidationError({"next_on": "La revue suivante vient après celle-ci."})
    review = UnitReview(
        unit=row,
        reviewed_on=reviewed_on,
        decisions=decisions.strip(),
        next_on=next_on,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    review.full_clean()
    review.save(force_insert=True)
    row.review_on = next_on
    row.save(update_fields=["review_on"])
    journal_append(
        action="documents.unit.review",
        kind="partner",
        object_id=row.partner_id,
        details={"reviewed_on": reviewed_on.isoformat(), "next_on": next_on.isoformat()},
    )
    return review


def reviews_remind(on: dt.date) -> int:
    """Tell each contact at the network that a review comes, then once that it is late; answers how many left."""
    with scope.acting(scope.DOCUMENTS):
        soon = on + dt.timedelta(days=setting_value(REVIEW_DAYS))
        units = list(AuthorisedUnit.objects.filter(review_on__lte=soon).select_related("network_contact"))
    return sum(_remind(unit, ReminderStep.OVER if unit.review_on < on else ReminderStep.FIRST) for unit in units)


def _remind(unit: AuthorisedUnit, step: ReminderStep) -> bool:
    person = unit.network_contact
    if not person.is_active:
        return False
    names = {"unit": unit, "user": person, "review_on": unit.review_on, "step": step}
    with scope.acting(scope.DOCUMENTS):
        if UnitReminder.objects.filter(**names).exists():
            return False
        # The same id for every try: a mailbox shows one message, even if a worker dies between sending and writing.
        key = uuid.uuid5(NAMESPACE, f"{unit.pk}:{person.pk}:{unit.review_on}:{step}")
        try:
            with transaction.atomic():
                UnitReminder(pk=key, sent_at=timezone.now(), **names).save(force_insert=True)
                journal_append(
                    action="documents.unit.remind",
                    kind="partner",
                    object_id=unit.partner_id,
                    details={"step": step.value},
                )
                _send(key, unit.review_on, step, person.email)
        except (IntegrityError, SMTPException, OSError):
            # Another worker has it, or the server of messages does not answer: nothing is written.
            return False
    return True


def _send(key: uuid.UUID, day: dt.date, step: ReminderStep, address: str) -> None:
    """Something awaits, and a link: never a name, a unit nor a place."""
    context = {"day": day, "is_over": step == ReminderStep.OVER, "sign_in": sign_in_address()}
    text = render_to_string("documents/mails/review.txt", context)
    EmailMessage(SUBJECT, text, None, [address], headers={"Message-ID": f"<{key}@havre.invalid>"}).send()


def _check_author(partner_id: uuid.UUID, by: User) -> None:
    if scope.current().user_id != by.pk or not may_record_paper():
        refusal_queue("partner", partner_id, "documents.unit.list")
        raise ValidationError("La coordination seule tient la liste des unités.")
