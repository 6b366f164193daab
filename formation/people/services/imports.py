"""Enrolling the people of a workbook: each line in its own savepoint, so that a failure stops no other."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.journal.services import journal_append
from cms.users.models import User
from formation.people.rules import PersonFacts
from formation.people.selectors.workbook import LineOutcome
from formation.people.services.people import enrol, professional_register, waiting_ask
from formation.sessions.models.sessions import Session


@transaction.atomic
def people_import(*, session: Session, lines: list[LineOutcome], by: User) -> list[LineOutcome]:
    """Enrol the lines without a fault, or have them wait once the session is full; return what became of each."""
    done = [_line(session, line, by) for line in lines]
    details = {"enrolled": sum(line.facts is not None for line in done), "lines": len(done)}
    journal_append(action="formation.enrolment.import", kind="session", object_id=session.pk, details=details)
    return done


def _line(session: Session, line: LineOutcome, by: User) -> LineOutcome:
    if line.facts is None:
        return line
    try:
        with transaction.atomic():
            return replace(line, outcome=_enrol_or_wait(session, line.facts, by))
    except ValidationError as error:
        return replace(line, outcome=" ".join(error.messages), facts=None, is_wrong=True)


def _enrol_or_wait(session: Session, facts: PersonFacts, by: User) -> str:
    person = professional_register(facts, by=by)
    try:
        with transaction.atomic():
            enrol(session=session, professional=person, by=by)
    except ValidationError as error:
        if getattr(error, "code", "") != "full":
            raise
        waiting_ask(session=session, professional=person, by=by)
        return "en attente d’une place : la session est complète."
    return "inscrite."
