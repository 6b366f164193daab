"""An answer that the coordination heard, from any of the parties: one line for the convention and for the money."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.arrival.enums import PAYER, Party, Reply
from cases.arrival.models import Linking, LinkingAgreement, PayerAgreement
from cases.arrival.services.answers import Call
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.linking import linking_agree, linking_finance
from cases.arrival.services.live import lock_live
from cases.arrival.services.payers import payer_agree, payer_answer_write
from cases.common.services import manager_only
from cms.partners.models import Partner
from cms.users.models import User


@transaction.atomic
def answer_note(
    *, linking: Linking, party: str, call: Call, terms: dict[str, Any], by: User, guardian: Partner | None = None
) -> LinkingAgreement | PayerAgreement | None:
    """Note what a party answered: who, when, how, what. `terms` are those of who pays (kind, authority, price, end).

    Raises `ValidationError` for a payer that refused and that no authority is, and for a guardian that may not hold a
    minor.
    """
    manager_only()
    if party == PAYER:
        return _payer_note(linking, call, terms, by)
    if party == Party.REQUESTER and guardian:
        linking_guardian_set(linking=linking, guardian=guardian, by=by)
    return linking_agree(linking=linking, party=Party(party), call=call, by=by)


def _payer_note(linking: Linking, call: Call, terms: dict[str, Any], by: User) -> PayerAgreement | None:
    if call.reply != Reply.AGREED:
        lock_live(linking)
        if terms["payer_id"] is None or terms["daily_price_cents"] is None:
            raise ValidationError({"payer": "Indiquez l’autorité qui a répondu, et le prix de journée demandé."})
        asked = (terms["payer_id"], terms["daily_price_cents"], terms["ends_on"])
        return payer_answer_write(linking=linking, terms=asked, call=call, by=by)
    if _changes(linking, terms):
        financed_on = timezone.localdate(call.at)
        linking_finance(linking=linking, financed_on=financed_on, by=by, **terms)
    return payer_agree(linking=linking, call=call, by=by) if linking.payer_id else None


def _changes(linking: Linking, terms: dict[str, Any]) -> bool:
    written = {
        "payer_kind_id": linking.payer_kind_id,
        "payer_id": linking.payer_id,
        "daily_price_cents": linking.daily_price_cents,
        "ends_on": linking.finance_ends_on,
    }
    return written != terms
