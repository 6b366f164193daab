"""The ASE authority that pays for a stay: what opens to its services, asked or not, and its agreement on the price."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from cases.arrival.enums import Reply, Way
from cases.arrival.models import Linking, PayerAgreement
from cases.arrival.selectors import is_paid_by_actor
from cases.arrival.services.answers import CODED, SEALED, Call, answer_values
from cases.common.services import NOT_OPEN, manages, row_create
from cases.stays.models import Placement
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give, grants_end

REASON = "Autorité qui paie"


def payer_change(*, linking: Linking, before: str | None) -> None:
    """Open the linking, and the stay once it has begun, to the services of the authority that pays from now on; close
    them to the former one. The service that asked and the guardian keep what they have.
    """
    if before == linking.payer_id:
        return
    for partner in _services_of(linking, before):
        for kind, row_id in (("linking", linking.pk), ("placement", linking.placement_id)):
            if row_id:
                grants_end(kind=kind, object_id=row_id, reason=REASON, partner_id=partner.pk)
    for partner in _services_of(linking, linking.payer_id):
        _open("linking", linking.pk, partner)
        if linking.placement_id:
            _open("placement", linking.placement_id, partner)


def payer_follow(*, linking: Linking, placement: Placement) -> None:
    """Let the authority that pays follow the stay of a minor who has arrived, without the place."""
    for partner in _services_of(linking, linking.payer_id):
        _open("placement", placement.pk, partner)


def _services_of(linking: Linking, authority_id: str | None) -> QuerySet[Partner]:
    if authority_id is None:
        return Partner.objects.none()
    services = Partner.objects.filter(kind=PartnerKind.ASE, ase_authority_id=authority_id, closed_on=None)
    return services.exclude(pk__in=[pk for pk in (linking.requester_id, linking.guardian_id) if pk])


def _open(kind: str, object_id: uuid.UUID, partner: Partner) -> None:
    grant_give(
        kind=kind, object_id=object_id, level=Level.SHEET, reason=REASON, to=Grantee(partner.pk, Role.REQUESTER)
    )


@transaction.atomic
def payer_agree(
    *, linking: Linking, by: User, agreed_on: dt.date | None = None, call: Call | None = None
) -> PayerAgreement:
    """Agree to the price and its end as they are written now: by the authority itself, or noted by the coordination
    that heard it.

    Raises `ValidationError` for anybody else, while nothing is written, and for what is agreed already.
    """
    if not manages() and not is_paid_by_actor(linking):
        raise ValidationError(NOT_OPEN, code="scope")
    if linking.payer_id is None or linking.daily_price_cents is None or linking.cancelled_at:
        raise ValidationError("Aucun accord financier n’attend l’autorité qui paie.")
    call = call or Call(way=Way.PAPER if manages() else Way.ONLINE, on=agreed_on)
    if not manages() and (call.way, call.reply) != (Way.ONLINE, Reply.AGREED):
        raise ValidationError(NOT_OPEN, code="scope")
    terms = (linking.payer_id, linking.daily_price_cents, linking.finance_ends_on)
    return payer_answer_write(linking=linking, terms=terms, call=call, by=by)


def payer_answer_write(
    *, linking: Linking, terms: tuple[str, int, dt.date | None], call: Call, by: User
) -> PayerAgreement:
    payer_id, cents, ends_on = terms
    answer = PayerAgreement(
        linking=linking,
        payer_id=payer_id,
        daily_price_cents=cents,
        ends_on=ends_on,
        given_by=by,
        **answer_values(call),
    )
    coded = ("payer_id", "daily_price_cents", "ends_on", *CODED)
    action = "cases.linking.pay" if call.reply == Reply.AGREED else "cases.linking.answer"
    row_create(answer, kind="linking", action=action, coded=coded, sealed=SEALED, object_id=linking.pk)
    return answer
