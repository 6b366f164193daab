"""Messages owed to people enrolled: written with the change that causes them, handed over each minute to what sends.

Half of the people enrolled have no account, and the database promotes who waits: a row says who is owed what, and the
job turns it into a notification, once.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.users.models import User
from cms.wall import scope
from formation.enums import NoticeKind
from formation.sessions.models.queues import SessionNotice
from formation.sessions.models.sessions import Enrolment, Session

WHENEVER = (NoticeKind.CANCELLED, NoticeKind.QUESTIONS)
"""Messages that a session begun does not make useless."""


def notice_owe(session: Session, enrolments: Iterable[Enrolment], kind: NoticeKind) -> None:
    """Write that these people must be notified, except of a session already begun: it would be too late."""
    if session.starts_on <= timezone.localdate(timezone=session.zone) and kind not in WHENEVER:
        return
    rows = [SessionNotice(enrolment=row, kind=kind.value, sequence=session.sequence) for row in enrolments]
    SessionNotice.objects.bulk_create(rows, ignore_conflicts=True)


def notices_hand_over() -> int:
    """Turn what is owed into notifications, two hundred at a time. Return how many; all or none are handed over."""
    with scope.acting(scope.TRAINING), connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, email FROM notices_owed()")
        rows = cursor.fetchall()
        users = users_of(email for *_, email in rows)
        for notice_id, kind, email in rows:
            notification_owe(kind=f"session_{kind}", owed=[owed_to(notice_id, email, users)])
            cursor.execute("SELECT notice_done(%s, true)", [notice_id])
    return len(rows)


@transaction.atomic
def notice_owe_all(session: Session, kind: NoticeKind) -> None:
    """Tell everybody enrolled."""
    notice_owe(session, Enrolment.objects.live().filter(session=session), kind)


def users_of(emails: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return the ids of active accounts, by their address in lower case."""
    wanted = {email.lower() for email in emails}
    return dict(User.objects.filter(email__in=wanted, is_active=True).values_list("email", "pk"))


def owed_to(
    object_id: uuid.UUID, email: str, users: dict[str, uuid.UUID], *, due_on: dt.date | None = None
) -> Recipient:
    """Address a notification to the account of this e-mail, else to the e-mail."""
    person_id = users.get(email.lower())
    return Recipient(
        object_id=object_id, person_id=person_id, address="" if person_id else email.lower(), due_on=due_on
    )
