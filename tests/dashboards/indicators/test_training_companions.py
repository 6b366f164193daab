"""What stands beside indicators 6 and 7, counted by hand: teams up to date, hours, satisfaction, gain."""

import datetime as dt
from decimal import Decimal

import pytest

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.indicators.rules.formats import french
from dashboards.periods import Period
from formation.attendance.services.attendance import attendance_record
from formation.closure.services import session_close
from formation.enums import AnswerWay, Moment, Period as HalfDayPeriod, Status
from formation.models import Enrolment, HalfDay, Professional
from formation.people.services.people import enrol
from formation.questions.rules import SATISFACTION
from formation.questions.services import answers_give, questionnaire_open
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.dashboards.world import World

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))


@pytest.fixture
def taught(acting_as, cast):
    """A session of M1 on a day; `people`: who came, and what each answered right before and after (None: nothing)."""

    def run(day: dt.date, people: dict[str, tuple[bool | None, bool | None]], mark: int = 4):
        with acting_as("coordination"):
            session = session_plan(
                SessionFacts(
                    module_code="M1",
                    starts_on=day,
                    ends_on=day,
                    trainers=[cast["trainer_b"]],
                    half_days=[(day, HalfDayPeriod.MORNING, Decimal("4"))],
                ),
                planned_by=cast["coordination"],
            )
            rows = {
                person.first_name: enrol(session=session, professional=person, by=cast["coordination"])
                for person in Professional.objects.filter(first_name__in=people)
            }
            half_day = HalfDay.objects.get(session=session)
        for name, told in people.items():
            for moment, right, at in zip(Moment, told, (half_day.begins_at, half_day.ends_at), strict=True):
                if right is not None:
                    _answer(rows[name], moment, at, right=right, mark=mark)
        with acting_as("coordination"):
            marks = {row.pk: Status.PRESENT for row in rows.values()}
            attendance_record(session=session, half_day=half_day, marks=marks, by=cast["coordination"])
        with acting_as("trainer_b"):
            session_close(session=session, by=cast["trainer_b"])

    return run


def _answer(enrolment: Enrolment, moment: Moment, at: dt.datetime, *, right: bool, mark: int) -> None:
    asked = questionnaire_open(person_id=enrolment.pk, at=at)
    assert asked.moment == moment
    answers = {question.key: sorted(question.right) if right else [] for question in asked.questions if question.right}
    opinion = dict.fromkeys([name for name, _ in SATISFACTION], mark) | {"comment": ""}
    answers_give(
        questionnaire=asked,
        way=AnswerWay.LINK,
        answers=answers,
        opinion=opinion if moment == Moment.AFTER else None,
        at=at,
    )


def test_companions_are_those_of_a_count_by_hand(acting_as, cast, taught):
    with acting_as("coordination"):
        version = version_in_force(DocumentKind.REFERENTIEL)
        for structure in Partner.objects.filter(kind=PartnerKind.STRUCTURE):
            World(cast["coordination"]).acknowledge(version, structure, dt.date(2025, 6, 2))
    taught(dt.date(2026, 2, 3), {"Nadia": (False, True), "Hugo": (True, True), "Yanis": (False, None)})
    taught(dt.date(2026, 4, 7), {"Nadia": (None, True), "Olivier": (True, False)}, mark=5)
    # Three years ago: outside the period, and to be renewed.
    taught(dt.date(2023, 2, 7), {"Sarah": (False, True)}, mark=1)
    with acting_as("coordination"):
        results = figures_for(cast["coordination"], YEAR).results
    sixth, seventh = results["I6"], results["I7"]
    # Nadia twice, Hugo, Yanis, Olivier: five participations of four hours, four people.
    assert sixth.figure("I6.hours_each").value == 5.0
    # Known in the teams: Nadia, Olivier, Sarah, Hugo. Sarah is to renew; Yanis works elsewhere.
    assert sixth.figure("I6.team").value == 0.75
    # Four opinions: 4, 4, 5, 5. Fewer than five are not said.
    few = sixth.figure("I6.satisfaction")
    assert (few.value, few.note) == (None, "pas assez d’avis")
    # Nadia +100, Hugo 0, Olivier -100: three answered both.
    assert sixth.figure("I6.gain").value == 0
    assert sixth.figure("I6.gain").note == "3 réponses avant et après"
    # Both structures have somebody trained since less than 24 months.
    assert seventh.figure("I7.refreshed").value == 1
    taught(dt.date(2026, 5, 5), {"Hugo": (False, True), "Sarah": (False, True)}, mark=2)
    with acting_as("coordination"):
        sixth = figures_for(cast["coordination"], YEAR).results["I6"]
    # (4 + 4 + 5 + 5 + 2 + 2) / 6, and (100 + 0 - 100 + 100 + 100) / 5.
    assert sixth.figure("I6.satisfaction").value == 3.7
    assert sixth.figure("I6.gain").value == 40
    told = [french(sixth.figure(code)) for code in ("I6.satisfaction", "I6.gain")]
    assert told == ["3,7 sur 5", "+40 points"]
    assert sixth.figure("I6.team").value == 1
    assert scope.current().system == ""
