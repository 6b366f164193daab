"""Somebody who came without being enrolled: the trainer decides, having looked for doubles."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from formation.attendance.models import Signature, WalkIn
from formation.attendance.selectors import doubles_of
from formation.enums import WalkInState
from formation.people.models import Professional
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, places_left, professional_register
from formation.questions.models import AnswerSheet
from formation.sessions.models.sessions import Enrolment, Session


@transaction.atomic
def walk_in_accept(*, walk_in: WalkIn, by: User, professional_id: uuid.UUID | None = None) -> Enrolment:
    """Enrol a walk-in, as a trainer who looked for doubles: `professional_id` is the person known, None for a new one.

    The signatures given become those of the enrolment. Raise `ValidationError` when the session is full or closed.
    """
    row = _pending(walk_in)
    if professional_id:
        professional = next((known for known in doubles_of(row) if known.pk == professional_id), None)
        if professional is None:
            raise ValidationError("Cette personne n’est pas l’une de celles qui ressemblent. Rechargez la page.")
    else:
        facts = PersonFacts(
            last_name=row.last_name,
            first_name=row.first_name,
            email=row.email,
            profession_id=row.profession_id,
            employer_name=row.employer_name,
            employer_type_id=row.employer_type_id,
        )
        professional = professional_register(facts, by=by)
    enrolment = Enrolment.objects.live().filter(session=row.session_id, professional=professional).first()
    enrolment = enrolment or _enrol_present(row.session, professional, by)
    signed = set(Signature.objects.filter(enrolment=enrolment).values_list("half_day_id", flat=True))
    Signature.objects.filter(walk_in=row, enrolment=None).exclude(half_day__in=signed).update(enrolment=enrolment)
    answered = set(AnswerSheet.objects.filter(enrolment=enrolment).values_list("moment", flat=True))
    AnswerSheet.objects.filter(walk_in=row, enrolment=None).exclude(moment__in=answered).update(enrolment=enrolment)
    walk_in_close(row, WalkInState.ACCEPTED, by, enrolment)
    return enrolment


def _enrol_present(session: Session, professional: Professional, by: User) -> Enrolment:
    """Enrol somebody who is in the room: a full session grows by one place."""
    if places_left(session) < 1:
        Session.objects.filter(pk=session.pk).update(capacity=F("capacity") + 1)
        journal_append(action="formation.session.grow", kind="session", object_id=session.pk)
    return enrol(session=session, professional=professional, by=by)


@transaction.atomic
def walk_in_refuse(*, walk_in: WalkIn, by: User) -> None:
    """Refuse a walk-in: the signature counts for nobody, and the name is erased."""
    row = _pending(walk_in)
    AnswerSheet.objects.filter(walk_in=row).update(answers={})
    walk_in_close(row, WalkInState.REFUSED, by)


def _pending(walk_in: WalkIn) -> WalkIn:
    row = WalkIn.objects.select_for_update().filter(pk=walk_in.pk, state=WalkInState.PENDING).first()
    if row is None:
        raise ValidationError("Cette arrivée est déjà décidée.")
    return row


def walk_in_close(row: WalkIn, state: WalkInState, by: User, enrolment: Enrolment | None = None) -> None:
    """Write the decision and erase the names."""
    row.state, row.decided_by, row.decided_at, row.enrolment = state, by, timezone.now(), enrolment
    row.last_name = row.first_name = row.email = row.employer_name = ""
    row.save()
    details = {"state": [WalkInState.PENDING.value, state.value], "enrolment": enrolment.pk if enrolment else None}
    journal_append(action=f"formation.walkin.{state.value}", kind="walkin", object_id=row.pk, details=details)
