"""The conversation with the State: questions and answers, committees and their minutes."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from dashboards.policies import VIEW
from dashboards.reporting.enums import Side
from dashboards.reporting.state.models import Committee, StateQuestion


@transaction.atomic
def question_ask(
    *, by: User, partner: Partner, subject: str, body: str, due_on: dt.date | None = None
) -> StateQuestion:
    """Ask the other side. Raises `PermissionDenied` outside the two sides, `ValidationError` for a day gone by."""
    if due_on and due_on < timezone.localdate():
        raise ValidationError({"due_on": "Ce jour est passé : donnez un jour à venir."})
    question = StateQuestion(
        partner=partner,
        side=side_of(by, partner),
        subject=subject.strip(),
        body=body.strip(),
        due_on=due_on,
        asked_by=by,
        asked_at=timezone.now(),
    )
    row_clean(question)
    question.save(force_insert=True)
    _tell("reporting.question.ask", question)
    return question


@transaction.atomic
def question_answer(*, by: User, question: StateQuestion, answer: str) -> StateQuestion:
    """Answer once, from the side that was asked."""
    # Asked before the lock: to lock a row, one must be allowed to change it.
    if side_of(by, question.partner) == question.side:
        raise PermissionDenied("L’autre partie répond.")
    question = StateQuestion.objects.select_for_update().get(pk=question.pk)
    if not question.is_open:
        raise ValidationError("Cette question a déjà sa réponse.")
    if not answer.strip():
        raise ValidationError({"answer": "Écrivez la réponse."})
    question.answer, question.answered_by, question.answered_at = answer.strip(), by, timezone.now()
    row_clean(question)
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    _tell("reporting.question.answer", question)
    return question


@transaction.atomic
def committee_write(*, by: User, committee: Committee | None = None, **fields: Any) -> Committee:
    """Put a committee in the calendar, or change it; minutes are shared with the State as soon as they are written."""
    if not by.has_perm(VIEW):
        raise PermissionDenied("Le calendrier est tenu par la coordination.")
    committee = committee or Committee(written_by=by)
    for name, value in fields.items():
        setattr(committee, name, value)
    if committee.minutes.strip() and committee.minutes_shared_at is None:
        committee.minutes_shared_at = timezone.now()
    row_clean(committee)
    is_new = committee._state.adding
    committee.save(force_insert=is_new)
    action = "reporting.committee.add" if is_new else "reporting.committee.change"
    journal_append(action=action, kind="committee", object_id=committee.pk)
    return committee


def side_of(user: User, partner: Partner) -> Side:
    """Return the side of an account, under its own scope. Raises `PermissionDenied` for whoever has none."""
    if partner.pk in scope.current().partners_as(Role.STATE_READER):
        return Side.STATE
    if user.has_perm(VIEW):
        return Side.NETWORK
    raise PermissionDenied("Cet échange est entre l’État et la coordination.")


def _tell(action: str, question: StateQuestion) -> None:
    journal_append(action=action, kind="statequestion", object_id=question.pk)
