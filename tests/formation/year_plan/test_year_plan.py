"""The plan of a year: written by the coordination, read by the network once published, measured by indicator 7."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from formation.attendance.services.attendance import attendance_record
from formation.closure.services import session_close
from formation.enums import Period as HalfDayPeriod, Status
from formation.models import Professional, YearPlan, YearPlanLine
from formation.people.services.people import enrol
from formation.sessions.services.sessions import SessionFacts, session_plan
from formation.year_plan.selectors import plan_measured, plan_progress, quarter_days
from formation.year_plan.services import year_plan_line_set, year_plan_publish, year_plan_write


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


@pytest.fixture
def held(acting_as, cast):
    """`held("M1", dt.date(2026, 2, 3), ("Nadia",))`: a session of half a day, everybody present all along."""

    def run(module: str, day: dt.date, people: tuple[str, ...], territory: str | None = "59", **facts):
        with acting_as("coordination"):
            session = session_plan(
                SessionFacts(
                    module_code=module,
                    starts_on=day,
                    ends_on=day,
                    half_days=[(day, HalfDayPeriod.MORNING, Decimal("3.5"))],
                    trainers=[cast["trainer_b"]],
                    territory_id=territory,
                    **facts,
                ),
                planned_by=cast["coordination"],
            )
            for person in Professional.objects.filter(first_name__in=people):
                enrol(session=session, professional=person, by=cast["coordination"])
            marks = dict.fromkeys(session.enrolments.values_list("pk", flat=True), Status.PRESENT)
            half_day = session.half_days.get()
            attendance_record(session=session, half_day=half_day, marks=marks, by=cast["coordination"])
        with acting_as("trainer_b"):
            session_close(session=session, by=cast["trainer_b"])
        return session

    return run


@pytest.fixture
def plan(acting_as, cast):
    """Of 2026: M1 in both first quarters, M4 in the second for the educators of Hauts-de-France."""
    with acting_as("coordination"):
        plan = year_plan_write(year=2026, aims="Former avant la première arrivée.")
        year_plan_line_set(plan=plan, module_code="M1", quarter=1, sessions=2, people=10)
        year_plan_line_set(plan=plan, module_code="M1", quarter=2, sessions=1, people=5)
        year_plan_line_set(
            plan=plan, module_code="M4", quarter=2, sessions=1, people=4, region_id="32",
            audience_id="groupe_profession:EDUC",
        )  # fmt: skip
    return plan


def test_the_days_of_a_quarter():
    assert quarter_days(2026, 1) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert quarter_days(2026, 4) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert quarter_days(2028, 2) == (dt.date(2028, 4, 1), dt.date(2028, 6, 30))


def test_what_is_achieved_is_counted_by_hand(acting_as, cast, held, plan):
    held("M1", dt.date(2026, 1, 13), ("Nadia", "Hugo"))
    held("M1", dt.date(2026, 3, 31), ("Nadia", "Yanis"), is_remote=True)
    held("M1", dt.date(2026, 2, 4), ("Olivier",))
    held("M4", dt.date(2026, 5, 6), ("Nadia", "Yanis"), territory="59")
    held("M4", dt.date(2026, 5, 20), ("Hugo",), territory="13")
    with acting_as("coordination"):
        done = plan_progress(plan)
    lines = {(row.line.module_code, row.line.quarter): row for row in done.lines}
    # Three sessions of M1 end in the first quarter; Nadia came twice and is one person of four.
    assert (lines["M1", 1].held, lines["M1", 1].people) == (3, 4)
    assert (lines["M1", 2].held, lines["M1", 2].people) == (0, 0)
    # In Hauts-de-France one session of M4; Yanis, who works in the street, is of another group of professions.
    assert (lines["M4", 2].held, lines["M4", 2].people) == (1, 1)
    modules = {row.label.split()[0]: row for row in done.modules}
    assert (modules["M1"].sessions, modules["M1"].held, modules["M1"].target, modules["M1"].people) == (3, 3, 15, 4)
    assert (modules["M4"].sessions, modules["M4"].held, modules["M4"].people) == (1, 2, 3)
    regions = {row.label: (row.sessions, row.held, row.people) for row in done.regions}
    assert regions["Hauts-de-France"] == (1, 3, 4)
    assert regions["Provence-Alpes-Côte d’Azur"] == (0, 1, 1)
    assert regions["À distance, ou sans région"] == (3, 1, 2)
    # Of the four planned: two of M1 in the first quarter, one of M4. The third M1 makes up for no other.
    assert (done.measure.planned, done.measure.held) == (4, 3)
    assert (done.total.sessions, done.total.held, done.total.target, done.total.people) == (4, 5, 19, 4)


def test_indicator_seven_reads_the_published_plan(acting_as, cast, held, plan):
    held("M1", dt.date(2026, 1, 13), ("Nadia",))
    half = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    with acting_as("coordination"):
        before = figures_for(cast["coordination"], half).results["I7"]
        assert before.figure("I7.achieved").value == 1
        year_plan_publish(plan=plan, by=cast["coordination"])
        after = figures_for(cast["coordination"], half).results["I7"]
        quarter = figures_for(cast["coordination"], Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31))).results["I7"]
    assert after.figure("I7.achieved").value == 0.25
    assert after.figure("I7.plan").value == 4
    assert after.figure("I7.target").value == 19
    assert quarter.figure("I7.achieved").value == 0.5
    assert "version 1.0" in after.figure("I7.document").value
    with scope.acting(scope.FIGURES):
        assert plan_measured(dt.date(2026, 1, 2), dt.date(2026, 3, 31)).planned == 0


def test_a_line_takes_new_numbers_and_zero_takes_it_away(acting_as, plan):
    with acting_as("coordination"):
        year_plan_line_set(plan=plan, module_code="M1", quarter=1, sessions=3, people=12)
        [row] = YearPlanLine.objects.filter(module_code="M1", quarter=1)
        assert (row.sessions, row.people) == (3, 12)
        year_plan_line_set(plan=plan, module_code="M1", quarter=1, sessions=0, people=0)
        assert [row.line.quarter for row in plan_progress(plan).lines] == [2, 2]
        for wrong in ({"module_code": "M99"}, {"sessions": 0, "people": 5}, {"quarter": 5}, {"sessions": -1}):
            facts = {"module_code": "M1", "quarter": 3, "sessions": 1, "people": 1} | wrong
            with pytest.raises(ValidationError):
                year_plan_line_set(plan=plan, **facts)


def test_nobody_else_writes_it_and_a_draft_is_not_read(acting_as, cast, client_of, plan):
    for key in ("trainer", "director_a", "state_reader", "editor"):
        with acting_as(key):
            with pytest.raises(ValidationError, match="coordination"):
                year_plan_write(year=2027, aims="x")
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                YearPlan.objects.create(year=2027, aims="x")
            assert YearPlan.objects.update(aims="x") == 0
            assert YearPlanLine.objects.update(sessions=9) == 0
    for key in ("director_a", "state_reader", "trainee"):
        assert client_of(key).get("/formation/plan/2026/").status_code == 404
        assert "Aucun plan publié" in text(client_of(key).get("/formation/plan/"))
    assert client_of("trainer").get("/formation/plan/2026/").status_code == 200
    assert client_of("trainer").post("/formation/plan/2026/publier/").status_code == 404


def test_the_network_and_the_state_read_totals_and_nothing_else(acting_as, cast, client_of, held, plan):
    held("M1", dt.date(2026, 1, 13), ("Nadia", "Hugo"))
    coordination = client_of("coordination")
    assert coordination.post("/formation/plan/2026/publier/").status_code == 302
    assert coordination.post("/formation/plan/2026/publier/").status_code == 422
    for key in ("director_a", "state_reader", "gendarme"):
        page = text(client_of(key).get("/formation/plan/2026/"))
        assert "Former avant la première arrivée" in page
        assert "moins de 5" in page
        assert "Publier le plan" not in page
        for hidden in ("Nadia", "Bensaïd", "Tilleuls", "Aubépine"):
            assert hidden not in page
    assert "moins de 5" not in text(coordination.get("/formation/plan/2026/"))


def test_the_coordination_writes_it_on_screen(client_of):
    client = client_of("coordination")
    assert client.post("/formation/plan/ouvrir/", {"year": "26", "aims": ""}).status_code == 422
    assert client.post("/formation/plan/ouvrir/", {"year": "2027", "aims": "Partout."}).status_code == 302
    line = {"module_code": "M2", "quarter": "2", "sessions": "3", "people": "40"}
    assert client.post("/formation/plan/2027/ligne/", line | {"sessions": ""}).status_code == 422
    assert client.post("/formation/plan/2027/ligne/", line).status_code == 302
    page = text(client.get("/formation/plan/2027/"))
    assert "Partout." in page
    assert "Brouillon" in page
    found = text(client.get("/formation/plan/2027/ligne/?module_code=M2&quarter=2&sessions=3&people=40"))
    assert 'value="40"' in found


def test_the_strategy_is_a_published_document(acting_as, client_of):
    with acting_as("state_reader"):
        assert version_in_force(DocumentKind.TRAINING_STRATEGY).number == "1.0"
    page = text(client_of("state_reader").get("/documents/training-strategy/"))
    assert "vingt-quatre mois" in page
