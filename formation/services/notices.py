"""Messages owed to people enrolled: written with the change that causes them, sent by the job of each minute."""

import uuid
from collections.abc import Iterable
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cms.access import scope
from formation.calendars import session_calendar
from formation.codes import address_of
from formation.enums import AnswerWay, Moment, NoticeKind
from formation.models import Enrolment, Session, SessionNotice
from formation.services.questions import questions_asked, window_of
from formation.tokens import answer_token

SUBJECTS = {
    NoticeKind.INVITED: "vous êtes inscrit à une formation",
    NoticeKind.PROMOTED: "une place s’est libérée pour vous",
    NoticeKind.POSTPONED: "votre formation change de date",
    NoticeKind.CANCELLED: "votre formation est annulée",
    NoticeKind.QUESTIONS: "votre avis sur la formation",
}
WHENEVER = (NoticeKind.CANCELLED, NoticeKind.QUESTIONS)
"""Messages that a session begun does not make useless."""


def notice_owe(session: Session, enrolments: Iterable[Enrolment], kind: NoticeKind) -> None:
    """Note that these people must be told. Nothing for a session already begun: a convocation would come too late."""
    if session.starts_on <= timezone.localdate(timezone=session.zone) and kind not in WHENEVER:
        return
    rows = [SessionNotice(enrolment=row, kind=kind.value, sequence=session.sequence) for row in enrolments]
    SessionNotice.objects.bulk_create(rows, ignore_conflicts=True)


def notices_send() -> int:
    """Send what is owed, two hundred at a time; answers how many left. One that fails is tried again, five times."""
    sent = 0
    with scope.acting(scope.TRAINING), connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, session_id, email, enrolment_id FROM notices_owed()")
        rows = cursor.fetchall()
        wanted = {row[2] for row in rows}
        found = Session.objects.select_related("territory", "clause").prefetch_related("half_days")
        sessions = found.in_bulk(wanted)
        for notice_id, kind, session_id, email, enrolment_id in rows:
            is_sent = _send(notice_id, NoticeKind(kind), sessions[session_id], email, enrolment_id)
            cursor.execute("SELECT notice_done(%s, %s)", [notice_id, is_sent])
            sent += is_sent
    return sent


def _send(notice_id: uuid.UUID, kind: NoticeKind, session: Session, email: str, enrolment_id: uuid.UUID) -> bool:
    is_over = kind == NoticeKind.CANCELLED
    context = {"session": session, "half_days": session.half_days.all(), "kind": kind.value}
    if kind == NoticeKind.QUESTIONS or (not is_over and questions_asked(session, Moment.BEFORE)):
        context["questionnaire"] = address_of("formation:answer", answer_token(enrolment_id, AnswerWay.LINK))
        context["until"] = window_of(session).last_day
    message = EmailMessage(
        subject=f"Havre : {SUBJECTS[kind]}",
        body=render_to_string("formation/mails/notice.txt", context),
        to=[email],
        headers={"Message-ID": f"<{notice_id}@havre.invalid>"},
    )
    if kind != NoticeKind.QUESTIONS:
        method = "CANCEL" if is_over else "PUBLISH"
        message.attach("formation.ics", session_calendar(session), f"text/calendar; charset=utf-8; method={method}")
    try:
        message.send()
    except (SMTPException, OSError):
        return False
    return True


@transaction.atomic
def notice_owe_all(session: Session, kind: NoticeKind) -> None:
    """Tell everybody enrolled."""
    notice_owe(session, Enrolment.objects.live().filter(session=session), kind)
