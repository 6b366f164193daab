"""Who belongs to a partner, and whom to call there."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.partners.book.models import Partner
from cms.partners.common.services import row_create
from cms.partners.enums import PartnerKind
from cms.partners.people.models import Contact, Membership
from cms.partners.people.selectors import directs_until
from cms.sessions.models import Ending
from cms.sessions.services import sessions_end
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

ROLES_OF_KIND = {
    PartnerKind.STRUCTURE: (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR),
    PartnerKind.ASE: (Role.REQUESTER, Role.TRANSMITTER),
    PartnerKind.REQUESTER: (Role.REQUESTER, Role.TRANSMITTER),
    PartnerKind.STATE: (Role.STATE_READER,),
}
"""Roles that a membership may give in each kind of partner."""


def _not_oneself(user_id: Any) -> None:
    if user_id == scope.current().user_id:
        raise ValidationError("Vos propres droits se changent par une autre personne de la coordination.")


@transaction.atomic
def membership_open(
    *,
    user: User,
    partner: Partner,
    role: Role,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    can_sign: bool = False,
) -> Membership:
    """Attach a person to a partner. At `ends_on`, last day included, every right held through it ends.

    Raises `ValidationError` for oneself, and for a role that this kind of partner does not give.
    """
    _not_oneself(user.pk)
    if role not in ROLES_OF_KIND[PartnerKind(partner.kind)]:
        raise ValidationError({"role": "Ce rôle ne se donne pas dans ce genre de partenaire."})
    membership = Membership(
        user=user, partner=partner, role=role.value, starts_on=starts_on, ends_on=ends_on, can_sign=can_sign
    )
    return row_create(
        membership,
        action="partners.membership.open",
        details={"role": [None, role.value], "user": [None, str(user.pk)]},
    )


@transaction.atomic
def membership_end(*, membership: Membership, ends_on: dt.date) -> Membership:
    """Set the last day of a membership, that day included. Raises `ValidationError` for one's own."""
    _not_oneself(membership.user_id)
    before = membership.ends_on
    membership.ends_on = ends_on
    row_clean(membership)
    membership.save(update_fields=["ends_on"])
    journal_append(
        action="partners.membership.end",
        kind="partner",
        object_id=membership.partner_id,
        details={"ends_on": [before and before.isoformat(), ends_on.isoformat()]},
    )
    if ends_on <= timezone.localdate():
        sessions_end(user=membership.user, ending=Ending.ACCOUNT)
    return membership


@transaction.atomic
def membership_renew(*, membership: Membership, ends_on: dt.date | None) -> Membership:
    """Set a later last day. Raises `ValidationError` for one's own, once ended, and beyond one's rights."""
    _not_oneself(membership.user_id)
    today = timezone.localdate()
    if membership.revoked_at or (membership.ends_on and membership.ends_on < today):
        raise ValidationError("Ce rattachement est terminé : invitez de nouveau la personne.")
    until_check(membership.partner_id, ends_on)
    before = membership.ends_on
    membership.ends_on = ends_on
    row_clean(membership)
    membership.save(update_fields=["ends_on"])
    journal_append(
        action="partners.membership.renew",
        kind="partner",
        object_id=membership.partner_id,
        details={"ends_on": [before and before.isoformat(), ends_on and ends_on.isoformat()]},
    )
    return membership


@transaction.atomic
def membership_revoke(*, membership: Membership) -> Membership:
    """End a membership at once, before the end of the day. Raises `ValidationError` for one's own."""
    _not_oneself(membership.user_id)
    now = timezone.now()
    if membership.revoked_at:
        return membership
    membership.revoked_at = now
    if membership.ends_on is None or membership.ends_on > timezone.localdate(now):
        membership.ends_on = max(membership.starts_on, timezone.localdate(now))
    membership.save(update_fields=["revoked_at", "ends_on"])
    journal_append(
        action="partners.membership.revoke",
        kind="partner",
        object_id=membership.partner_id,
        details={"user": [str(membership.user_id), None]},
    )
    return membership


@transaction.atomic
def membership_delegate(*, membership: Membership, may_answer: bool) -> Membership:
    """Give an educator the delegation of the direction, or take it back. Raises `ValidationError` for one's own, for a
    membership that is over and for another role.
    """
    _not_oneself(membership.user_id)
    if membership.may_answer == may_answer:
        return membership
    if may_answer and not Membership.objects.on(timezone.localdate()).filter(pk=membership.pk).exists():
        raise ValidationError("Ce rattachement n’est pas en cours : la délégation ne se donne pas.")
    membership.may_answer = may_answer
    row_clean(membership)
    membership.save(update_fields=["may_answer"])
    journal_append(
        action="partners.membership.delegate",
        kind="partner",
        object_id=membership.partner_id,
        details={"user": str(membership.user_id), "may_answer": [not may_answer, may_answer]},
    )
    return membership


def until_check(partner_id: Any, ends_on: dt.date | None) -> None:
    """Raise `ValidationError` for a day that has passed, and for one beyond what the actor directs."""
    if ends_on and ends_on < timezone.localdate():
        raise ValidationError({"ends_on": "Cette date est passée."})
    limit = directs_until(partner_id)
    if limit and (ends_on is None or ends_on > limit):
        raise ValidationError(
            {"ends_on": f"Au plus tard le {limit:%d/%m/%Y} : un an, et jamais au-delà de vos droits."}
        )


CONTACT = ("name", "position", "phone", "email")


@transaction.atomic
def contact_add(*, partner: Partner, name: str, position: str = "", phone: str = "", email: str = "") -> Contact:
    """Enter somebody to call. Raises `ValidationError` when there is neither telephone nor e-mail to reach them by."""
    contact = Contact(partner=partner, name=name, position=position, phone=phone, email=email)
    _reachable(contact)
    return row_create(contact, action="partners.contact.add")


@transaction.atomic
def contact_change(*, contact: Contact, **facts: str) -> Contact:
    """Correct a contact (`CONTACT`); the journal keeps the names of what changed, never the values."""
    if unknown := set(facts) - set(CONTACT):
        raise TypeError(f"not part of a contact: {sorted(unknown)}")
    before = {name: getattr(contact, name) for name in facts}
    for name, value in facts.items():
        setattr(contact, name, value)
    _reachable(contact)
    row_clean(contact)
    contact.save(update_fields=list(facts))
    journal_append(
        action="partners.contact.change",
        kind="partner",
        object_id=contact.partner_id,
        details=changes(before, facts, (), facts),
    )
    return contact


@transaction.atomic
def contact_remove(*, contact: Contact) -> None:
    """Forget a contact: nothing in the network points at it."""
    journal_append(action="partners.contact.remove", kind="partner", object_id=contact.partner_id)
    contact.delete()


def _reachable(contact: Contact) -> None:
    if not contact.phone and not contact.email:
        raise ValidationError({"phone": "Indiquez au moins un téléphone ou une adresse électronique."})
