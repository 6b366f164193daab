"""Two files of one minor: two people say so, figures follow, everything can be taken back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.files.duplicates.selectors.likeness import duplicates_of
from cases.files.duplicates.services import (
    case_merge_agree,
    case_merge_ask,
    case_merge_refuse,
    case_merge_undo,
    cases_tell_apart,
)
from cases.files.services import identity_write
from cases.models import Case, CaseApart, CaseMerge
from cms.wall import scope
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period
from tests.cases.steps import journal_of, open_case, refused_on, walled

YEARS = Period(dt.date(2020, 1, 1), dt.date(2027, 12, 31))


@pytest.fixture
def asks(cast):
    return cast["coordination"]


@pytest.fixture
def agrees(cast):
    return cast["direction"]


@pytest.fixture
def pair(cast, acting_as):
    with acting_as("coordination"):
        yield open_case(cast)[1], open_case(cast)[1]


def keys() -> dict:
    return dict(Case.objects.values_list("pk", "person_key"))


def merged(kept, other, asks, agrees) -> CaseMerge:
    merge = case_merge_ask(kept=Case.objects.get(pk=kept.pk), merged=Case.objects.get(pk=other.pk), by=asks)
    with scope.acting(agrees):
        return case_merge_agree(merge=merge, by=agrees)


def persons(user) -> int:
    with scope.acting(user):
        report = figures_for(user, YEARS)
    return report.results["I1"].figure("I1.persons").value


def test_asking_alone_changes_nothing(pair, asks):
    before = keys()
    merge = case_merge_ask(kept=pair[0], merged=pair[1], by=asks)
    assert keys() == before
    with refused_on(match="autre personne"):
        case_merge_agree(merge=merge, by=asks)
    assert keys() == before


def test_two_people_make_one_minor_and_one_undoes_it(pair, asks, agrees):
    before, counted = keys(), persons(asks)
    merge = merged(*pair, asks, agrees)
    assert keys()[pair[0].pk] == keys()[pair[1].pk] == before[pair[0].pk]
    assert persons(asks) == counted - 1
    for case in pair:
        told = [action for action, _ in journal_of(case.pk)]
        assert {"cases.merge.ask", "cases.merge.agree"} <= set(told)
    case_merge_undo(merge=merge, by=asks)
    assert keys() == before
    assert persons(asks) == counted
    with refused_on(match="pas en vigueur"):
        case_merge_undo(merge=merge, by=asks)


def test_what_two_people_agreed_is_not_asked_twice(pair, asks, agrees):
    merge = case_merge_ask(kept=pair[0], merged=pair[1], by=asks)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseMerge.objects.create(kept=pair[1], merged=pair[0], asked_by=asks, asked_at=merge.asked_at)
    with scope.acting(agrees):
        case_merge_agree(merge=merge, by=agrees)
    with refused_on(match="déjà ceux d’un même mineur"):
        case_merge_ask(kept=Case.objects.get(pk=pair[1].pk), merged=Case.objects.get(pk=pair[0].pk), by=asks)


def test_a_refused_pair_is_remembered(pair, asks, agrees):
    for case in pair:
        identity_write(case=case, by=asks, last_name="Diallo", first_name="Awa")
    assert [found.case_id for found in duplicates_of(pair[0])] == [pair[1].pk]
    merge = case_merge_ask(kept=pair[0], merged=pair[1], by=asks)
    with scope.acting(agrees):
        case_merge_refuse(merge=merge, by=agrees)
    assert CaseApart.objects.filter(lifted_at=None).count() == 1
    assert duplicates_of(pair[0]) == duplicates_of(pair[1]) == []
    with refused_on(match="revenez d’abord"):
        case_merge_ask(kept=pair[1], merged=pair[0], by=asks)
    with scope.acting(agrees), refused_on(match="n’attend plus"):
        case_merge_agree(merge=CaseMerge.objects.get(pk=merge.pk), by=agrees)


def test_what_is_told_of_one_file_holds_for_the_others_of_the_minor(pair, cast, asks, agrees):
    third = open_case(cast)[1]
    cases_tell_apart(first=third, second=pair[1], by=asks)
    merged(*pair, asks, agrees)
    with refused_on(match="revenez d’abord"):
        case_merge_ask(kept=Case.objects.get(pk=pair[0].pk), merged=third, by=asks)


def test_the_latest_merge_of_a_minor_is_undone_first(pair, cast, asks, agrees):
    third = open_case(cast)[1]
    before = keys()
    first = merged(*pair, asks, agrees)
    second = merged(third, pair[0], asks, agrees)
    assert len({keys()[case.pk] for case in (*pair, third)}) == 1
    with refused_on(match="plus récent"):
        case_merge_undo(merge=first, by=asks)
    case_merge_undo(merge=second, by=asks)
    case_merge_undo(merge=first, by=asks)
    assert keys() == before


def test_a_file_for_trial_is_not_merged_with_a_real_one(pair, cast, asks):
    trial = open_case(cast, is_test=True)[1]
    with refused_on(match="fiche d’essai"):
        case_merge_ask(kept=pair[0], merged=trial, by=asks)
    with refused_on(match="deux dossiers différents"):
        case_merge_ask(kept=pair[0], merged=pair[0], by=asks)


def test_nobody_answers_under_another_name(pair, asks, agrees):
    merge = case_merge_ask(kept=pair[0], merged=pair[1], by=asks)
    with pytest.raises(IntegrityError, match="two_people_guard"), transaction.atomic():
        CaseMerge.objects.filter(pk=merge.pk).update(agreed_by=agrees, agreed_at=merge.asked_at)
    with walled():
        CaseMerge.objects.create(kept=pair[0], merged=pair[1], asked_by=agrees, asked_at=merge.asked_at)


def test_undoing_rewrites_nothing_of_what_moved(pair, asks, agrees):
    merge = merged(*pair, asks, agrees)
    for changed in ({"moved": {}}, {"agreed_by": asks}, {"asked_by": agrees}):
        with pytest.raises(IntegrityError, match="two_people_guard"), transaction.atomic():
            CaseMerge.objects.filter(pk=merge.pk).update(undone_by=asks, undone_at=merge.agreed_at, **changed)


@pytest.mark.parametrize("key", ["director_a", "gendarme", "dpo", "tech_admin"])
def test_nobody_else_sees_nor_writes_a_merge(pair, cast, acting_as, asks, key):
    case_merge_ask(kept=pair[0], merged=pair[1], by=asks)
    with acting_as(key):
        assert not CaseMerge.objects.exists()
        assert not CaseApart.objects.exists()
        with refused_on(match="pas ouverte"):
            case_merge_ask(kept=pair[0], merged=pair[1], by=cast[key])
        with refused_on(match="pas ouverte"):
            cases_tell_apart(first=pair[0], second=pair[1], by=cast[key])


steps = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=5)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_merges_then_undoing_them_all_gives_the_same_rows_and_figures(cast, acting_as, asks, agrees, steps):
    """Whatever was merged, and undone on the way: the latest first, everything comes back."""
    with acting_as("coordination"), transaction.atomic():
        files = [open_case(cast)[1] for _ in range(5)]
        before, counted, standing = keys(), persons(asks), []
        for one, other, is_undone in steps:
            try:
                standing.append(merged(files[one], files[other], asks, agrees))
            except ValidationError:
                assert one == other or keys()[files[one].pk] == keys()[files[other].pk]
            assert persons(asks) == counted - len(standing)
            if is_undone and standing:
                case_merge_undo(merge=standing.pop(), by=asks)
        for merge in reversed(standing):
            case_merge_undo(merge=merge, by=asks)
        assert keys() == before
        assert persons(asks) == counted
        transaction.set_rollback(True)
