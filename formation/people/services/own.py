"""Somebody signed in enrols by themselves, and gives the place back."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.journal.services import journal_append
from cms.users.models import User
from formation.enums import SessionState
from formation.people.models import Professional
from formation.people.rules import OwnFacts
from formation.people.services.people import waiting_promote
from formation.sessions.invitations.services import invitation_answered
from formation.sessions.models.sessions import Enrolment, Session
from formation.sessions.selectors import teaches


@transaction.atomic
def enrol_own(
    *,
    session: Session,
    by: User,
    facts: OwnFacts | None = None,
) -> bool:
    """Enrol the actor. Return true when the session is full, and the actor now waits for a place.

    `facts` are those of somebody not known yet; the structure of a member is read from the membership. Raise
    `ValidationError` for a session no longer planned or taught by the actor, or when enrolled or waiting already.
    """
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est {session.get_state_display()} : les inscriptions sont fermées.")
    if teaches(session, by):
        raise ValidationError("Vous animez cette session : vous ne vous y inscrivez pas.")
    facts = facts or OwnFacts()
    values = [facts.profession_id, facts.employer_type_id, facts.employer_name.strip(), facts.territory_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT professional_own(%s, %s, %s, %s)", values)
        person = cursor.fetchone()[0]
        if person is None:
            raise ValidationError("Dites votre profession et votre employeur, puis recommencez.")
        cursor.execute("SELECT enrolment_id, waiting_id, is_new FROM enrol_own(%s)", [session.pk])
        enrolment_id, _, is_new = cursor.fetchone()
    if not is_new:
        done = "êtes déjà inscrit à cette session" if enrolment_id else "attendez déjà une place"
        raise ValidationError(f"Vous {done}.")
    invitation_answered(session, Professional.objects.values_list("employer", flat=True).get(pk=person))
    verb = "enrolment.enrol" if enrolment_id else "waiting.ask"
    details = {"professional": str(person), "by": str(by.pk)}
    journal_append(action=f"formation.{verb}", kind="session", object_id=session.pk, details=details)
    return enrolment_id is None


@transaction.atomic
def enrol_own_end(*, enrolment: Enrolment, by: User) -> None:
    """Give one's own place back: it goes to whoever waits. Raise `ValidationError` once a presence is signed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT enrol_own_end(%s)", [enrolment.pk])
        is_done = cursor.fetchone()[0]
    if not is_done:
        raise ValidationError("Votre présence est déjà relevée, ou la session a eu lieu : parlez-en à qui anime.")
    details = {"session": str(enrolment.session_id), "by": str(by.pk)}
    journal_append(action="formation.enrolment.cancel", kind="enrolment", object_id=enrolment.pk, details=details)
    waiting_promote(enrolment.session)
