"""Inviting somebody by a link, and accepting it. Whoever invites never learns whether an account was there."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.accounts.models import Invitation
from cms.accounts.policies import actor_id
from cms.accounts.services.rights import asked_of_database
from cms.journal.context import request_id_current
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership, Partner
from cms.partners.people.services import ROLES_OF_KIND, until_check
from cms.users.models import User
from cms.users.roles import Role
from cms.users.services import user_create
from cms.values.settings import setting_value
from cms.wall import doors, scope

TEAM_ROLES = (Role.STRUCTURE_EDUCATOR,)
"""What a director gives: a director is named by the coordination, since directors sign and invite."""

INVITATION = "account_invitation"


@dataclass(frozen=True)
class InvitationFacts:
    """What the holder of a link may know of it. `account_id`: the address has an account already."""

    id: UUID
    email: str
    role: str
    ends_on: dt.date | None
    account_id: UUID | None
    is_active: bool

    @property
    def role_label(self) -> str:
        return Role(self.role).label


def roles_to_give(partner: Partner) -> tuple[Role, ...]:
    """Roles that the actor may give in a partner."""
    roles = ROLES_OF_KIND[PartnerKind(partner.kind)]
    if scope.current().sees_all_cases():
        return roles
    directs = partner.pk in scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return tuple(role for role in roles if directs and role in TEAM_ROLES)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(key: UUID) -> str:
    """Return the token of a message, derived from its id and the secret of the server.

    Stored nowhere, it is the same at each try, and leads nowhere once another message replaced it.
    """
    return salted_hmac("accounts.invitation", str(key), algorithm="sha256").hexdigest()


@transaction.atomic
def invitation_send(
    *,
    partner: Partner,
    email: str,
    role: Role,
    ends_on: dt.date | None,
    can_sign: bool = False,
) -> Invitation:
    """Invite whoever reads this address to join a partner until a day, included.

    Raises `ValidationError` for oneself, a role beyond one's own rights, a date beyond them, somebody already there.
    """
    email = email.strip().lower()
    if role not in roles_to_give(partner):
        raise ValidationError({"role": "Ce rôle ne se donne pas avec vos droits dans ce partenaire."})
    if User.objects.filter(pk=actor_id(), email=email).exists():
        raise ValidationError({"email": "Personne ne s’invite soi-même : demandez à une autre personne."})
    until_check(partner.pk, ends_on)
    here = Membership.objects.on(timezone.localdate()).filter(partner=partner, role=role.value)
    if here.filter(user__email=email).exists():
        raise ValidationError({"email": "Cette personne a déjà ce rôle : prolongez-la plutôt."})
    key = uuid4()
    invitation = Invitation(
        email=email, partner=partner, role=role.value, ends_on=ends_on, can_sign=can_sign,
        invited_by_id=actor_id(), token_hash=token_hash(token_of(key)), **_validity(),
    )  # fmt: skip
    row_clean(invitation)
    invitation.save(force_insert=True)
    details = {"role": [None, role.value], "partner": [None, str(partner.pk)]}
    journal_append(action="accounts.invitation.send", kind="invitation", object_id=invitation.pk, details=details)
    _tell(invitation, key)
    return invitation


def _tell(invitation: Invitation, key: UUID) -> None:
    """One message, of which the link is drawn; the one before, if it had not left, no longer does."""
    notification_close(kind=INVITATION, object_id=invitation.pk)
    notification_owe(kind=INVITATION, owed=[Recipient(object_id=invitation.pk, address=invitation.email, key=key)])


def _validity() -> dict[str, dt.datetime]:
    now = timezone.now()
    return {"sent_at": now, "expires_at": now + dt.timedelta(hours=setting_value("accounts.link_hours"))}


@transaction.atomic
def invitation_resend(*, invitation: Invitation) -> None:
    """Send a new link; the one before no longer serves. Raises `ValidationError` once accepted or cancelled."""
    invitation = _pending(invitation)
    key = uuid4()
    invitation.token_hash = token_hash(token_of(key))
    for name, value in _validity().items():
        setattr(invitation, name, value)
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    journal_append(action="accounts.invitation.resend", kind="invitation", object_id=invitation.pk)
    _tell(invitation, key)


@transaction.atomic
def invitation_cancel(*, invitation: Invitation) -> None:
    """Close a link at once. Raises `ValidationError` once accepted or cancelled."""
    invitation = _pending(invitation)
    invitation.cancelled_by_id = actor_id()
    invitation.cancelled_at = timezone.now()
    invitation.save(update_fields=["cancelled_by", "cancelled_at"])
    notification_close(kind=INVITATION, object_id=invitation.pk)
    journal_append(action="accounts.invitation.cancel", kind="invitation", object_id=invitation.pk)


def _pending(invitation: Invitation) -> Invitation:
    row = Invitation.objects.pending().select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise ValidationError("Cette invitation a déjà été acceptée ou annulée.")
    return row


def invitation_opened(hashed: str, *, lock: bool = False) -> InvitationFacts | None:
    """Return the invitation of a link that still serves. `lock` holds it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM invitation_of(%s, %s)", [hashed, lock])
        row = cursor.fetchone()
    return InvitationFacts(*row) if row else None


@transaction.atomic
def invitation_accept_new(*, hashed: str, first_name: str, last_name: str, phone: str, password: str) -> User:
    """Open the account of whoever holds the link, who is then a member. Raises `ValidationError`."""
    opened = invitation_opened(hashed, lock=True)
    if opened is None or opened.account_id:
        raise ValidationError("Ce lien ne sert plus.", code="over")
    names = {"email": opened.email, "first_name": first_name, "last_name": last_name}
    try:
        validate_password(password, User(**names))
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    with scope.acting(scope.ACCOUNTS):
        user = user_create(**names, phone=phone, password=password)
    with scope.acting(user, door=doors.INVITATION):
        _accept(hashed)
    return user


@transaction.atomic
def invitation_accept_known(*, hashed: str) -> None:
    """Join the partner with the account signed in, which is that of the address. Raises `ValidationError`."""
    _accept(hashed)


def _accept(hashed: str) -> None:
    asked_of_database("SELECT invitation_accept(%s, %s)", hashed, request_id_current())
