"""Proofs of training, for the tests that walk through every address: who came uninvited, waits, was attested, merged.

Written at the beginning of those tests, and undone with them: other tests keep their two sessions.
"""

import datetime as dt
from decimal import Decimal

from django.db.models import Model
from django.utils import timezone

from cms.files.services import attachment_add
from cms.users.models import User
from cms.wall import scope
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import WalkInFacts, walk_in_ask
from formation.attestations.services.attestations import attestations_issue
from formation.closure.services import session_close
from formation.enums import AnswerWay, Period, Status, Way
from formation.models import Attestation, HalfDay, Professional, Session, WalkIn
from formation.people.rules import PersonFacts
from formation.people.services.merges import professionals_merge
from formation.people.services.people import enrol, professional_register, waiting_ask
from formation.questions.services import answers_give, questionnaire_open
from formation.sessions.services.sessions import SessionFacts, session_plan
from formation.year_plan.services import year_plan_line_set, year_plan_publish, year_plan_write
from tests.cast.files import photo, upload
from tests.cast.incidents import incidents_told


def _user(key: str) -> User:
    return User.objects.get(email=f"{key}@havre.example")


def proofs() -> dict[str, Model]:
    """After the whole cast: rows by name."""
    coordination = _user("coordination")
    with scope.acting(coordination):
        people = {row.first_name: row for row in Professional.objects.all()}
        mine = Session.objects.filter(trainers=_user("trainer")).earliest("starts_on")
        half_day = HalfDay.objects.select_related("session").filter(session=mine).latest("begins_at")
        rows: dict[str, Model] = {"enrolment_trainee": mine.enrolments.get(professional=people["Yanis"])}
    rows |= _full(people, coordination)
    rows |= _held(people, coordination)
    rows |= incidents_told()
    walk_in_ask(
        half_day=half_day,
        way=Way.QR,
        at=half_day.begins_at,
        facts=WalkInFacts(
            last_name="Vidal",
            first_name="Zoé",
            email="zoe.vidal@exemple.fr",
            profession_id="profession:CPE",
            employer_type_id="type_employeur:EDUCATION",
            employer_name="",
        ),
    )
    with scope.acting(_user("trainer")):
        rows["piece_session"] = attachment_add(
            kind="session",
            object_id=mine.pk,
            title="Feuille",
            file=upload("feuille.jpg", photo()),
            by=_user("trainer"),
        )
    with scope.acting(coordination):
        plan = year_plan_write(year=2025, aims="Former avant la première arrivée.")
        year_plan_line_set(plan=plan, module_code="M1", quarter=1, sessions=1, people=12)
        year_plan_publish(plan=plan, by=coordination)
        rows["walk_in"] = WalkIn.objects.get()
        kept = professional_register(PersonFacts(last_name="Tessier", first_name="Paul"), by=coordination)
        twin = professional_register(PersonFacts(last_name="Teissier", first_name="Paul"), by=coordination)
        rows["merge"] = professionals_merge(kept=kept, merged=twin, by=coordination)
    return rows


def _plan(key: str, day: dt.date, capacity: int) -> Session:
    trainer = _user(key)
    with scope.acting(trainer):
        return session_plan(
            SessionFacts(
                module_code="M1",
                starts_on=day,
                ends_on=day,
                half_days=[(day, Period.MORNING, Decimal("3.5"))],
                trainers=[trainer],
                capacity=capacity,
            ),
            planned_by=trainer,
        )


def _full(people: dict[str, Professional], by: User) -> dict[str, Model]:
    """One place, taken by somebody of A; somebody of B waits."""
    session = _plan("trainer", timezone.localdate() + dt.timedelta(days=20), 1)
    with scope.acting(by):
        enrol(session=session, professional=people["Olivier"], by=by)
        return {"waiting_b": waiting_ask(session=session, professional=people["Hugo"], by=by)}


def _held(people: dict[str, Professional], by: User) -> dict[str, Model]:
    """Held by the other trainer six weeks ago: somebody of A and the trainee answered, and were attested."""
    session = _plan("trainer-b", timezone.localdate() - dt.timedelta(days=42), 10)
    trainer = _user("trainer-b")
    with scope.acting(by):
        enrolled = [enrol(session=session, professional=people[name], by=by) for name in ("Nadia", "Yanis")]
        half_day = session.half_days.get()
    for enrolment in enrolled:
        asked = questionnaire_open(person_id=enrolment.pk, at=half_day.begins_at)
        words = next(question for question in asked.questions if question.kind == "scale")
        answers_give(questionnaire=asked, way=AnswerWay.LINK, answers={words.key: 3}, at=half_day.begins_at)
    with scope.acting(trainer):
        marks = {enrolment.pk: Status.PRESENT for enrolment in enrolled}
        attendance_record(session=session, half_day=half_day, marks=marks, by=trainer)
        session_close(session=session, by=trainer)
        attestations_issue(session=session, by=trainer)
        found = {row.enrolment_id: row for row in Attestation.objects.filter(enrolment__session=session)}
    names = ("attestation_a", "attestation_trainee")
    return {"session_held": session} | {name: found[row.pk] for name, row in zip(names, enrolled, strict=True)}
