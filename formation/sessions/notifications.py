"""Notifications of sessions: a message with its calendar, for people with or without an account."""

import uuid

from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse

from cms.kit.addresses import address_of
from cms.notify.inbox.rules import MessageContent, NotificationKind, notification_register
from cms.wall import scope
from formation.enums import AnswerWay, Moment, NoticeKind
from formation.sessions.models.sessions import Session
from formation.sessions.papers import session_calendar
from formation.sessions.rules import answer_token
from formation.sessions.selectors import questions_asked, window_of

PREFIX = "session_"
END = "\n\nPour en savoir plus : {lien}"
CALENDAR = "\n\nLe fichier joint met votre agenda à jour."
WORDS = {
    NoticeKind.INVITED: (
        "Vous êtes inscrit à une formation",
        "Bonjour,\n\nVous êtes inscrit à cette formation.\n\n{contenu}" + CALENDAR + END,
    ),
    NoticeKind.PROMOTED: (
        "Une place s’est libérée pour vous",
        "Bonjour,\n\nUne place s’est libérée : vous êtes maintenant inscrit à cette formation.\n\n{contenu}"
        + CALENDAR
        + END,
    ),
    NoticeKind.POSTPONED: (
        "Votre formation change de date",
        "Bonjour,\n\nVotre formation change de date. Vous restez inscrit ; voici les nouvelles demi-journées.\n\n"
        "{contenu}" + CALENDAR + END,
    ),
    NoticeKind.CANCELLED: (
        "Votre formation est annulée",
        "Bonjour,\n\nLa formation à laquelle vous étiez inscrit est annulée.\n\n{contenu}" + CALENDAR + END,
    ),
    NoticeKind.QUESTIONS: (
        "Votre avis sur la formation",
        "Bonjour,\n\nMerci d’avoir suivi cette formation. Dites ce que vous en retenez et ce que vous en pensez : vos "
        "avis restent sans nom.\n\n{contenu}" + END,
    ),
}
CHANGES = (NoticeKind.PROMOTED, NoticeKind.POSTPONED, NoticeKind.CANCELLED)
"""Changes that make somebody travel or not: sent at once, whatever the preferences of the recipient."""


def kind_of(kind: NoticeKind) -> str:
    return f"{PREFIX}{kind.value}"


def notice_extra(notice_id: uuid.UUID, key: uuid.UUID) -> MessageContent | None:
    """Return the session as it is now, its questionnaire and its calendar; None once the person is not enrolled."""
    with scope.acting(scope.TRAINING), connection.cursor() as cursor:
        cursor.execute("SELECT kind, session_id, enrolment_id FROM notice_said(%s)", [notice_id])
        row = cursor.fetchone()
        if row is None:
            return None
        kind, session_id, enrolment_id = NoticeKind(row[0]), row[1], row[2]
        rows = Session.objects.select_related("territory", "clause").prefetch_related("half_days")
        session = rows.get(pk=session_id)
        is_over = kind == NoticeKind.CANCELLED
        context = {"session": session, "half_days": session.half_days.all(), "kind": kind.value}
        link = ""
        if kind == NoticeKind.QUESTIONS or (not is_over and questions_asked(session, Moment.BEFORE)):
            link = address_of("formation:answer", answer_token(enrolment_id, AnswerWay.LINK))
            context |= {"questionnaire": link, "until": window_of(session).last_day}
        content = render_to_string("formation/mails/notice.txt", context).strip()
        return MessageContent(content, _files(session, kind), link)


def _files(session: Session, kind: NoticeKind) -> tuple[tuple[str, str, str], ...]:
    if kind == NoticeKind.QUESTIONS:
        return ()
    method = "CANCEL" if kind == NoticeKind.CANCELLED else "PUBLISH"
    calendar = session_calendar(session).decode()
    return (("formation.ics", calendar, f"text/calendar; charset=utf-8; method={method}"),)


def _own(object_id: uuid.UUID) -> str:
    return reverse("formation:own")


def register() -> None:
    for kind, (subject, body) in WORDS.items():
        notification_register(
            NotificationKind(
                kind=kind_of(kind),
                label=subject,
                subject=subject,
                body=body,
                url=_own,
                roles=(),
                is_urgent=kind in CHANGES,
                is_information=True,
                particulars=notice_extra,
            )
        )
