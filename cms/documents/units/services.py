"""The list of units under the protocol, their yearly review, and its reminders."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.documents.enums import REVIEW_DAYS, Signer
from cms.documents.signatures.policies import may_record_paper, signs
from cms.documents.units.models import AuthorisedUnit, UnitReview
from cms.journal.rows import row_clean
from cms.journal.services import journal_append, refusal_queue
from cms.notify.inbox.services.obligations import Recipient, notification_close, notifications_follow
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.settings import setting_value
from cms.wall import scope

REVIEW = "unit_review"


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
    if not signs(partner, Signer.UNITS):
        raise ValidationError("Ce protocole s’adresse aux unités de police et de gendarmerie.")
    unit = AuthorisedUnit.objects.filter(partner=partner).first() or AuthorisedUnit(partner=partner)
    unit.network_contact, unit.review_on = network_contact, review_on
    unit.contact_name, unit.contact_position = contact_name.strip(), contact_position.strip()
    unit.contact_phone = contact_phone.strip()
    row_clean(unit)
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
    row_clean(review)
    review.save(force_insert=True)
    row.review_on = next_on
    row.save(update_fields=["review_on"])
    notification_close(kind=REVIEW, object_id=row.pk)
    journal_append(
        action="documents.unit.review",
        kind="partner",
        object_id=row.partner_id,
        details={"reviewed_on": reviewed_on.isoformat(), "next_on": next_on.isoformat()},
    )
    return review


def reviews_follow(on: dt.date) -> None:
    """Each morning: the contact at the network is owed a word of each review that comes, or is late."""
    with scope.acting(scope.DOCUMENTS):
        soon = on + dt.timedelta(days=setting_value(REVIEW_DAYS))
        units = list(AuthorisedUnit.objects.filter(review_on__lte=soon))
    recipients = [
        Recipient(object_id=unit.pk, person_id=unit.network_contact_id, due_on=unit.review_on) for unit in units
    ]
    notifications_follow(kind=REVIEW, owed=recipients)


def _check_author(partner_id: uuid.UUID, by: User) -> None:
    if scope.current().user_id != by.pk or not may_record_paper():
        refusal_queue("partner", partner_id, "documents.unit.list")
        raise ValidationError("La coordination seule tient la liste des unités.")
