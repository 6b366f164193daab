"""Two people close a period; what moves afterwards is a revision with its reason, and never a silent change."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from cms.operations.integrity import check_run, check_summary, checks_all
from cms.users.models import User
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from dashboards.reporting.models import ClosedPeriod, Revision
from dashboards.reporting.periods.rules import figures_of, freeze, thaw
from dashboards.reporting.periods.selectors import movements_since, same_figures
from dashboards.reporting.periods.services import period_close_agree, period_close_ask, period_dismiss, revision_note
from tests.cases.steps import settle
from tests.dashboards.indicators.test_oracle import scatter
from tests.dashboards.world import at
from tests.journal.sql import as_owner, run
from tests.retention.steps import AGED, erase_what_is_due, signed_rule, time_passes
from tests.retention.test_figures import close_everything

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))


def other() -> User:
    return User.objects.get(email="direction@havre.example")


def closed(world, period: Period = PERIOD) -> ClosedPeriod:
    row = period_close_ask(by=world.by, period=period, title="1er semestre 2026")
    with scope.acting(other()):
        return period_close_agree(by=other(), closed=row)


def verify() -> list[str]:
    return check_run(next(check for check in checks_all() if check.name == "periods"))


def summary() -> str:
    return check_summary(next(check for check in checks_all() if check.name == "periods"))


def test_what_is_frozen_is_read_back_as_it_was(world):
    scatter(world, 1)
    report = figures_for(world.by, PERIOD)
    assert thaw(freeze(report)).results == report.results
    row = closed(world)
    row.refresh_from_db()
    assert figures_of(freeze(thaw(row.content))) == figures_of(row.content)
    assert thaw(row.content).results == report.results
    assert {item.code: len(item.keys) for item in row.rows.all()}["I1"] == report.results["I1"].figure("I1").value


def test_one_person_never_closes_alone(world):
    row = period_close_ask(by=world.by, period=PERIOD, title="")
    assert row.title == "Du 1er janvier 2026 au 30 juin 2026"
    with pytest.raises(ValidationError, match="autre personne"):
        period_close_agree(by=world.by, closed=row)
    with pytest.raises(IntegrityError, match="closedperiod_two_people"), transaction.atomic():
        ClosedPeriod.objects.filter(pk=row.pk).update(agreed_by=world.by, agreed_at=timezone.now())
    with (
        pytest.raises(IntegrityError, match="two_people_guard"),
        transaction.atomic(),
    ):  # nor in the name of somebody else
        ClosedPeriod.objects.filter(pk=row.pk).update(agreed_by=other(), agreed_at=timezone.now())


def test_a_period_is_closed_once_it_is_over_and_only_once(world):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="pas finie"):
        period_close_ask(by=world.by, period=Period(today.replace(day=1), today), title="")
    row = period_close_ask(by=world.by, period=PERIOD, title="")
    with pytest.raises(ValidationError, match="déjà close"):
        period_close_ask(by=world.by, period=PERIOD, title="Encore")
    period_dismiss(by=world.by, closed=row)
    closed(world)


def test_what_moved_between_asking_and_agreeing_is_asked_again(world):
    row = period_close_ask(by=world.by, period=PERIOD, title="")
    world.sollicitation(at(dt.date(2026, 2, 3)))
    with scope.acting(other()), pytest.raises(ValidationError, match="ont changé"):
        period_close_agree(by=other(), closed=row)


@pytest.mark.parametrize("who", ["director_a", "state_reader", "dpo", "trainer"])
def test_nobody_else_closes(cast, world, who):
    row = closed(world)
    with scope.acting(cast[who]):
        with pytest.raises(PermissionDenied):
            period_close_ask(by=cast[who], period=PERIOD, title="")
        assert not ClosedPeriod.objects.exists()
        with pytest.raises(PermissionDenied):
            movements_since(cast[who], row)


def test_what_is_closed_never_changes(world):
    row = closed(world)
    for changed in ({"title": "Autre"}, {"content": {}}, {"agreed_by": None, "agreed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClosedPeriod.objects.filter(pk=row.pk).update(**changed)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_closedrows SET keys = '[]'")
    with pytest.raises(ValidationError, match="n’attend plus"):
        period_dismiss(by=world.by, closed=row)


def test_a_later_correction_is_a_revision_with_its_reason(world):
    kept, gone = world.sollicitation(at(dt.date(2026, 2, 3))), world.sollicitation(at(dt.date(2026, 2, 4)))
    row = closed(world)
    assert movements_since(world.by, row) == []
    with pytest.raises(ValidationError, match="Rien n’a changé"):
        revision_note(by=world.by, closed=row, code="I1", why="late")
    for day in (5, 6):
        world.sollicitation(at(dt.date(2026, 2, day)))
    type(gone).objects.filter(pk=gone.pk).update(relance_of=kept)
    (moved,) = movements_since(world.by, row)
    assert (moved.code, moved.words, moved.is_explained) == ("I1", "+2 / −1", False)
    revision_note(by=world.by, closed=row, code="I1", why="late", words="Deux appels retrouvés, une relance")
    (moved,) = movements_since(world.by, row)
    assert (moved.words, moved.is_explained, moved.unexplained) == ("+2 / −1", True, "")
    type(gone).objects.filter(pk=gone.pk).update(relance_of=None)
    (moved,) = movements_since(world.by, row)
    assert (moved.words, moved.unexplained) == ("+2", "+1")
    revision_note(by=world.by, closed=row, code="I1", why="fixed")
    assert [str(item) for item in Revision.objects.filter(period=row)] == ["+2 / −1", "+1 / −0"]
    assert verify() == []
    assert "révision I1 +2" in summary()


def test_an_attribute_corrected_for_all_is_a_revision_of_its_cells(world):
    rows = [world.sollicitation(at(dt.date(2026, 2, day)), sex_id="sexe:F") for day in (3, 4, 5)]
    row = closed(world)
    model = type(rows[0])
    model.objects.filter(pk__in=[item.pk for item in rows]).update(
        sex_id="sexe:M", age_at_reception=12, exploitation_place_id="13"
    )
    moved = {item.code: item for item in movements_since(world.by, row)}["I1"]
    assert (moved.added, moved.removed) == ((), ())
    assert not moved.is_explained
    cells = {cell.key: (cell.frozen, cell.now) for cell in moved.cells}
    assert cells["by_sex:sexe:F"] == (3, 0)
    assert cells["by_sex:sexe:M"] == (0, 3)
    assert "valeurs corrigées" in moved.words
    assert "révision I1" in summary()
    revision_note(by=world.by, closed=row, code="I1", why="fixed")
    moved = {item.code: item for item in movements_since(world.by, row)}["I1"]
    assert moved.is_explained
    model.objects.filter(pk=rows[0].pk).update(sex_id="sexe:F")
    moved = {item.code: item for item in movements_since(world.by, row)}["I1"]
    assert {cell.key for cell in moved.unexplained_cells} >= {"by_sex:sexe:F", "by_sex:sexe:M"}
    revision_note(by=world.by, closed=row, code="I1", why="fixed")
    assert Revision.objects.filter(period=row).last().cells["by_sex:sexe:M"] == 2
    assert verify() == []


def test_an_answer_that_comes_after_the_period_is_no_correction(world):
    asked = world.sollicitation(at(dt.date(2026, 2, 3)))
    row = closed(world)
    type(asked).objects.filter(pk=asked.pk).update(first_answered_at=at(dt.date(2026, 7, 3)))
    assert movements_since(world.by, row) == []


def test_a_change_behind_the_screens_is_found(world):
    row = closed(world)
    assert verify() == []
    with as_owner(triggers=False):
        run("UPDATE reporting_closedperiod SET content = jsonb_set(content, '{first}', '\"2020-01-01\"')")
        run("UPDATE reporting_closedrows SET keys = '[\"x\"]' WHERE code = 'I2'")
    found = " ".join(verify())
    assert str(row) in found
    assert "plus ceux qui ont été clos" in found
    assert "I2" in found


def test_a_retention_run_changes_nothing_of_a_closed_period(world):
    scatter(world, 2)
    close_everything(world)
    settle()
    time_passes(40, tables=f"{AGED} users_user partners_membership")
    for kind in ("case", "case_unfollowed", "sollicitation", "sollicitation_words"):
        signed_rule(kind, 1)
    row = closed(world)
    before = summary()
    batch = erase_what_is_due()
    assert batch.row_count > 10
    assert verify() == []
    assert summary() == before
    assert f"{row.title} : inchangée" in before
    with scope.acting(scope.FIGURES):
        assert same_figures(row)
