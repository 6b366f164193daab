"""Asking for an account through ProConnect, answering, and linking an account that stands already."""

import datetime as dt
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.partners.models import Membership, Partner
from cms.partners.people.services import membership_open
from cms.proconnect.enums import RefusalReason, RequestState
from cms.proconnect.models import AccountRequest
from cms.proconnect.selectors import has_account_already, link_of
from cms.proconnect.services.openid import ProviderIdentity
from cms.proconnect.settings import PROVIDER
from cms.users.models import User
from cms.users.roles import Role
from cms.users.services import user_create
from cms.wall import scope

KIND = "account_request"
ANSWER = "account_answer"
ACTOR = scope.SystemActor("proconnect")
"""Writes the request of somebody who has no account yet, and closes that of somebody who links an account."""

TO_DECIDE = (RequestState.PENDING, RequestState.REFUSED)
"""A refusal may be taken back; what opened an account may not."""


def request_open(*, identity: ProviderIdentity) -> AccountRequest:
    """Record the request of an unknown person: once, however often and wherever they come back."""
    with scope.acting(ACTOR):
        request, is_new = AccountRequest.objects.get_or_create(
            sub=identity.sub,
            defaults={
                "given_name": identity.given_name,
                "usual_name": identity.usual_name,
                "email": identity.email,
                "siret": identity.siret,
                "organizational_unit": identity.organizational_unit,
            },
        )
        if is_new:
            journal_append(action="proconnect.request.open", kind=KIND, object_id=request.pk)
    return request


@transaction.atomic
def request_approve(
    *,
    request: AccountRequest,
    partner: Partner,
    role: Role,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    can_sign: bool = False,
) -> Membership:
    """Open the account, link it, and attach it to a partner.

    Raises `ValidationError` for a request that is closed, and for an address that already has an account: its holder
    alone may link it.
    """
    row = _to_decide(request)
    if has_account_already(row):
        raise ValidationError(
            "Un compte a déjà cette adresse. La personne s’y connecte comme d’habitude, puis le relie depuis « Mon "
            "compte »."
        )
    user = user_create(
        email=row.email, first_name=row.given_name, last_name=row.usual_name, position=row.organizational_unit[:120]
    )
    SocialAccount.objects.create(user=user, provider=PROVIDER, uid=row.sub)
    membership = membership_open(
        user=user, partner=partner, role=role, starts_on=starts_on, ends_on=ends_on, can_sign=can_sign
    )
    _answer(row, RequestState.APPROVED, user=user)
    return membership


@transaction.atomic
def request_refuse(*, request: AccountRequest, reason: RefusalReason) -> AccountRequest:
    """Refuse, with a reason from the list. Raises `ValidationError` for a request that is closed."""
    row = _to_decide(request)
    if row.state == RequestState.REFUSED:
        raise ValidationError("Cette demande est déjà refusée.")
    return _answer(row, RequestState.REFUSED, refusal=reason)


@transaction.atomic
def account_link(*, user: User, identity: ProviderIdentity) -> SocialAccount:
    """Link one's own account to a `sub`; a request that waited under it is closed.

    Raises `ValidationError` when another account holds this `sub`, or when this account holds another one.
    """
    known = link_of(user)
    if known and known.uid != identity.sub:
        raise ValidationError("Votre compte est déjà relié à une autre identité.")
    link, is_new = SocialAccount.objects.get_or_create(provider=PROVIDER, uid=identity.sub, defaults={"user": user})
    if link.user_id != user.pk:
        raise ValidationError("Cette identité est déjà reliée à un autre compte.")
    if is_new:
        journal_append(action="proconnect.account.link", kind="user", object_id=user.pk)
        _close_request_of(user, identity.sub)
    return link


def _close_request_of(user: User, sub: str) -> None:
    with scope.acting(ACTOR):
        for row in AccountRequest.objects.select_for_update().filter(sub=sub, state__in=TO_DECIDE):
            _decide(row, RequestState.LINKED, user=user, decided_by=user)


def _to_decide(request: AccountRequest) -> AccountRequest:
    """Return the row, locked: two people who decide at once do not both decide."""
    row = AccountRequest.objects.select_for_update().get(pk=request.pk)
    if row.state not in TO_DECIDE:
        raise ValidationError(f"Cette demande est déjà {row.get_state_display()}.")
    return row


def _answer(row: AccountRequest, state: RequestState, **facts: Any) -> AccountRequest:
    """Decide, and tell the person that an answer waits: which one is read once signed in."""
    decided = _decide(row, state, **facts)
    recipient: dict[str, Any] = {"person_id": decided.user.pk} if decided.user else {"address": row.email}
    notification_owe(kind=ANSWER, owed=[Recipient(object_id=row.pk, **recipient)])
    return decided


VERBS = {RequestState.APPROVED: "approve", RequestState.REFUSED: "refuse", RequestState.LINKED: "link"}


def _decide(
    row: AccountRequest,
    state: RequestState,
    *,
    user: User | None = None,
    refusal: str = "",
    decided_by: User | None = None,
) -> AccountRequest:
    before = row.state
    row.state, row.user, row.refusal, row.decided_at = state, user, refusal, timezone.now()
    row.decided_by_id = decided_by.pk if decided_by else scope.current().user_id
    row.save(update_fields=["state", "user", "refusal", "decided_at", "decided_by"])
    journal_append(
        action=f"proconnect.request.{VERBS[state]}",
        kind=KIND,
        object_id=row.pk,
        reason=str(refusal),
        details={"state": [before, state.value], "user": [None, user and str(user.pk)]},
    )
    return row
