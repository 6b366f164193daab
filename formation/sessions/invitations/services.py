"""Inviting structures: their direction is notified, reminded once, and answers by enrolling or declining."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from formation.common.policies import runs_all_sessions
from formation.enums import SessionState
from formation.sessions.invitations.models import SessionInvitation
from formation.sessions.models.sessions import Session

INVITATION = "training_invitation"


@transaction.atomic
def structures_invite(*, session: Session, structures: Sequence[Partner], by: User) -> int:
    """Invite structures; those invited already are left as they are. Return how many are new.

    Raise `PermissionDenied` but for the coordination, `ValidationError` for a session begun or no longer planned.
    """
    if not runs_all_sessions():
        raise PermissionDenied
    # Locked, so that two people who invite at once follow each other.
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state != SessionState.PLANNED:
        raise ValidationError(
            f"Cette session est {session.get_state_display()} : personne ne peut plus y être invité."
        )
    if session.starts_on <= timezone.localdate(timezone=session.zone):
        raise ValidationError("Cette session a commencé : il est trop tard pour inviter.")
    known = set(SessionInvitation.objects.filter(session=session).values_list("partner_id", flat=True))
    new = [partner for partner in structures if partner.pk not in known]
    rows = [
        SessionInvitation(session=session, partner=partner, invited_by=by, invited_at=timezone.now())
        for partner in new
    ]
    SessionInvitation.objects.bulk_create(rows)
    notification_owe(kind=INVITATION, owed=_recipients(session, [partner.pk for partner in new]))
    if new:
        details = {"structures": [str(partner.pk) for partner in new], "by": str(by.pk)}
        journal_append(action="formation.session.invite", kind="session", object_id=session.pk, details=details)
    return len(new)


def _recipients(session: Session, partners: Iterable[uuid.UUID]) -> list[Recipient]:
    directors = Membership.objects.on(timezone.localdate()).filter(
        partner__in=list(partners), role=Role.STRUCTURE_DIRECTOR, user__is_active=True
    )
    return [
        Recipient(
            object_id=session.pk,
            person_id=row.user_id,
            partner_id=row.partner_id,
            role=Role.STRUCTURE_DIRECTOR,
            due_on=session.starts_on,
        )
        for row in directors
    ]


@transaction.atomic
def invitation_decline(*, invitation: SessionInvitation, why: str, by: User) -> SessionInvitation:
    """Decline for a structure, which may still enrol somebody later. Raise `ValidationError` when it is too late."""
    row = SessionInvitation.objects.select_for_update(of=("self",)).select_related("session").get(pk=invitation.pk)
    if row.declined_at is not None:
        raise ValidationError("Cette invitation est déjà déclinée.")
    if row.session.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est {row.session.get_state_display()} : il n’y a plus rien à répondre.")
    row.declined_at, row.declined_by, row.why = timezone.now(), by, why.strip()[:300]
    row.save(update_fields=["declined_at", "declined_by", "why"])
    notification_close(kind=INVITATION, object_id=row.session_id, partner_id=row.partner_id)
    journal_append(action="formation.invitation.decline", kind="session_invitation", object_id=row.pk)
    return row


def invitation_answered(session: Session, partner_id: uuid.UUID | None) -> None:
    """End the reminders of an invitation once somebody of the structure is enrolled, or waits for a place."""
    if partner_id is not None:
        notification_close(kind=INVITATION, object_id=session.pk, partner_id=partner_id)


def invitations_close(session: Session) -> None:
    """End the reminders of every invitation to a session that is cancelled or over."""
    notification_close(kind=INVITATION, object_id=session.pk)


def invitations_move(session: Session) -> None:
    """Notify again, after a change of date, those who have not answered; they are reminded before the new day."""
    # Whoever teaches moves a session, and sees neither the invitations nor the teams.
    with scope.acting(scope.FIGURES):
        rows = SessionInvitation.objects.unanswered().filter(session=session)
        owed = _recipients(session, rows.values_list("partner_id", flat=True))
    invitations_close(session)
    notification_owe(kind=INVITATION, owed=owed)


def invitations_lapse(today: dt.date) -> None:
    """End the invitations to sessions that have begun. Run each morning, a week back in case one was missed."""
    with scope.acting(scope.TRAINING):
        begun = Session.objects.filter(starts_on__range=(today - dt.timedelta(days=7), today))
        for session in begun:
            invitations_close(session)
