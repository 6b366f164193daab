"""People to train, their enrolments, and the waiting list."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.models import Partner
from cms.users.models import User
from formation.enums import NoticeKind, Result, SessionState
from formation.people.models import Professional
from formation.people.rules import PersonFacts
from formation.sessions.invitations.services import invitation_answered
from formation.sessions.models.queues import WaitingEntry
from formation.sessions.models.sessions import Enrolment, Session, SessionTrainer
from formation.sessions.services.notices import notice_owe

FULL = "La session est complète. Choisissez une autre date, ou la liste d’attente."


@transaction.atomic
def professional_register(facts: PersonFacts, *, by: User) -> Professional:
    """Register a person once: the one known by this e-mail, or by this name and employer, is returned as it stands.

    An account with the same e-mail is tied to the person, who then reads their own training.
    """
    email, employer, user = facts.email.strip().lower(), facts.employer, facts.user
    if known := _known(email, facts.last_name, facts.first_name, employer, facts.employer_name):
        return known
    if user is None and email:
        user = User.objects.filter(email=email, professional=None).first()
    professional = Professional(
        last_name=facts.last_name.strip(),
        first_name=facts.first_name.strip(),
        email=email,
        profession_id=facts.profession_id,
        employer=employer,
        employer_name=facts.employer_name.strip(),
        employer_type_id=facts.employer_type_id,
        territory_id=facts.territory_id or (employer.territory_id if employer else None),
        working_since=facts.working_since,
        sex=facts.sex,
        user=user,
        created_by_id=by.pk,
    )
    row_clean(professional)
    professional.save(force_insert=True)
    journal_append(action="formation.professional.register", kind="professional", object_id=professional.pk)
    return professional


def _known(
    email: str, last_name: str, first_name: str, employer: Partner | None, employer_name: str
) -> Professional | None:
    if email:
        with connection.cursor() as cursor:
            cursor.execute("SELECT professional_reach(%s)", [email])
            row = cursor.fetchone()
        reached = row[0] if row else None
        known = Professional.objects.filter(email__iexact=email).first()
        if known and known.merged_into_id:
            return Professional.objects.get(pk=known.merged_into_id)
        # A merged file may be out of sight: what was reached is then the person with whom it counts.
        return known or (Professional.objects.filter(pk=reached).first() if reached else None)
    return Professional.objects.filter(
        merged_into=None,
        last_name__iexact=last_name.strip(),
        first_name__iexact=first_name.strip(),
        employer=employer,
        employer_name__iexact=employer_name.strip(),
    ).first()


@transaction.atomic
def enrol(*, session: Session, professional: Professional, by: User) -> Enrolment:
    """Enrol a person, with profession and employer as they are today.

    Raise `ValidationError` when the session is no longer planned or is full, when the person is enrolled already or
    teaches the session.
    """
    free = places_left(session)
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est {session.get_state_display()} : les inscriptions sont fermées.")
    if professional.user_id and SessionTrainer.objects.filter(session=session, trainer=professional.user_id).exists():
        raise ValidationError("Une personne qui anime la session ne s’y inscrit pas.")
    enrolment = Enrolment.objects.filter(session=session, professional=professional).first()
    if enrolment and enrolment.cancelled_at is None:
        raise ValidationError("Cette personne est déjà inscrite à la session.")
    if free < 1:
        raise ValidationError(FULL, code="full")
    enrolment = enrolment or Enrolment(session=session, professional=professional)
    enrolment.profession_id = professional.profession_id
    enrolment.employer_id = professional.employer_id
    enrolment.employer_type_id = professional.employer_type_id
    enrolment.enrolled_at, enrolment.cancelled_at = timezone.now(), None
    # The employer may be a structure that a trainer does not see: row security tests it, not the form.
    row_clean(enrolment, exclude=["employer", "session", "professional"])
    enrolment.save()
    WaitingEntry.objects.filter(session=session, professional=professional, left_at=None, enrolment=None).update(
        enrolment=enrolment
    )
    notice_owe(session, [enrolment], NoticeKind.INVITED)
    invitation_answered(session, enrolment.employer_id)
    _enrolment_journal("enrol", enrolment, by)
    return enrolment


def places_left(session: Session) -> int:
    """Return the free places, the session locked until the end of the transaction: a last place is taken once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_places_left(%s)", [session.pk])
        return cursor.fetchone()[0]


@transaction.atomic
def enrolment_cancel(*, enrolment: Enrolment, by: User, at: dt.datetime | None = None) -> Enrolment:
    """Free the place. Raise `ValidationError` once a presence is recorded: absences are part of the sheet."""
    if enrolment.session.state != SessionState.PLANNED:
        raise ValidationError("Cette session n’est plus prévue : la liste des inscrits ne change plus.")
    if enrolment.attendances.exists():
        raise ValidationError("Une présence est déjà relevée pour cette personne : notez-la absente plutôt.")
    enrolment.cancelled_at = at or timezone.now()
    enrolment.save(update_fields=["cancelled_at"])
    _enrolment_journal("cancel", enrolment, by)
    waiting_promote(enrolment.session)
    return enrolment


@transaction.atomic
def waiting_ask(*, session: Session, professional: Professional, by: User) -> WaitingEntry:
    """Wait for a place. Raise `ValidationError` while places are left, or for somebody there already."""
    if places_left(session) > 0:
        raise ValidationError("Il reste des places : inscrivez directement la personne.")
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est {session.get_state_display()} : les inscriptions sont fermées.")
    if Enrolment.objects.live().filter(session=session, professional=professional).exists():
        raise ValidationError("Cette personne est déjà inscrite à la session.")
    if WaitingEntry.objects.filter(session=session, professional=professional, left_at=None, enrolment=None).exists():
        raise ValidationError("Cette personne attend déjà une place.")
    entry = WaitingEntry(session=session, professional=professional, asked_by=by)
    entry.save(force_insert=True)
    invitation_answered(session, professional.employer_id)
    _waiting_journal("ask", session, professional)
    return entry


@transaction.atomic
def waiting_leave(*, entry: WaitingEntry) -> None:
    """Give up waiting. Harmless when the place was given meanwhile."""
    if WaitingEntry.objects.filter(pk=entry.pk, left_at=None, enrolment=None).update(left_at=timezone.now()):
        _waiting_journal("leave", entry.session, entry.professional)


def waiting_promote(session: Session) -> int:
    """Give the free places to those who wait, in their order. Return how many."""
    given = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT waiting_promote(%s)", [session.pk])
            enrolment_id = cursor.fetchone()[0]
            if enrolment_id is None:
                return given
            given += 1
            details = {"session": str(session.pk)}
            journal_append(
                action="formation.waiting.promote", kind="enrolment", object_id=enrolment_id, details=details
            )


def _waiting_journal(verb: str, session: Session, professional: Professional) -> None:
    details = {"professional": str(professional.pk)}
    journal_append(action=f"formation.waiting.{verb}", kind="session", object_id=session.pk, details=details)


@transaction.atomic
def result_record(*, enrolment: Enrolment, result: str, by: User) -> None:
    """Note the result of the assessment of one person; an attestation already issued does not change."""
    if result not in ("", *Result.values):
        raise ValidationError("Ce résultat n’est pas connu.")
    before, enrolment.result = enrolment.result, result
    if before == result:
        return
    enrolment.save(update_fields=["result"])
    details = {"result": [before, result], "by": str(by.pk)}
    journal_append(action="formation.enrolment.result", kind="enrolment", object_id=enrolment.pk, details=details)


def _enrolment_journal(verb: str, enrolment: Enrolment, by: User) -> None:
    journal_append(
        action=f"formation.enrolment.{verb}",
        kind="enrolment",
        object_id=enrolment.pk,
        details={"session": str(enrolment.session_id), "by": str(by.pk)},
    )
