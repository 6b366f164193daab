"""Files that may be of one minor: proposed with their reasons, to the coordination alone, with no seal opened."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.files.duplicates.selectors.likeness import duplicates_of, likeness_of
from cases.files.duplicates.services import cases_apart_lift, cases_tell_apart
from cases.files.services import identity_write
from cases.models import Case, CaseSound
from tests.cases.steps import days_ago, open_case, place, walled

GIRL = {"sex_id": "sexe:F", "birth_year": 2010, "age_precision_id": "precision_age:EST"}
AWA = {"last_name": "Diallo", "first_name": "Awa"}


@pytest.fixture
def opened(cast, acting_as):
    """`opened(Facts, identity…)` opens a file under the coordination."""
    by = cast["coordination"]
    with acting_as("coordination"):

        def make(facts=None, *, at=None, current=None, **identity) -> Case:
            facts = {"identification_level_id": "niveau_identification:SUSP", **(facts or {})}
            _, case = open_case(cast, facts=facts, age=None, received_at=at or days_ago(40), current_place_id=current)
            if identity:
                identity_write(case=case, by=by, **identity)
            return case

        yield make


def found(case) -> list[Case]:
    return [likeness.case_id for likeness in duplicates_of(case)]


def test_a_name_heard_the_same_is_proposed_with_its_reasons(opened):
    known = opened({**GIRL, "origin_id": "59"}, **AWA)
    again = opened({**GIRL, "origin_id": "13"}, at=days_ago(2), last_name="Jallow", first_name="AWA")
    (likeness,) = duplicates_of(again)
    assert likeness.case_id == known.pk
    assert likeness.named(True) == "nom, prénom, sexe, naissance"
    assert likeness.named(False) == "département d’origine, demande de la même semaine"
    assert likeness.named(None) == (
        "autre identité, département d’exploitation, département où il se trouvait, séjours"
    )
    assert found(known) == [again.pk]


@pytest.mark.parametrize(
    "identity",
    [
        {"last_name": "Awa", "first_name": "Diallo"},
        {"last_name": "Sissoko", "first_name": "Mariam", "aliases": ["Awa Diallo"]},
        {"last_name": "ДИАЛЛО", "first_name": "Ава"},
    ],
    ids=["swapped", "alias", "other alphabet"],
)
def test_a_name_is_found_however_it_was_given(opened, identity):
    known = opened(GIRL, **AWA)
    assert found(opened(GIRL, at=days_ago(2), **identity)) == [known.pk]


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        ({"birth_year": 2012}, True),
        ({"birth_year": 2014}, True),
        ({"birth_year": 2015}, False),
        ({"birth_year": 2013, "age_precision_id": "precision_age:EXACT"}, False),
        ({"birth_year": 2012, "age_precision_id": "precision_age:EXACT"}, True),
        ({"sex_id": "sexe:M"}, False),
    ],
)
def test_an_estimated_birth_is_a_range(opened, facts, is_found):
    """A first name alone wants sex and birth to agree, and one thing around."""
    known = opened({**GIRL, "origin_id": "59"}, first_name="Awa")
    other = opened({**GIRL, "origin_id": "59", **facts}, at=days_ago(2), first_name="Hawa")
    assert (found(other) == [known.pk]) is is_found


def test_the_edge_of_a_range_is_the_day(opened):
    """2010 give or take two years ends on the last day of 2012."""
    known = opened({**GIRL, "origin_id": "59"}, first_name="Awa")
    for birth, is_found in ((dt.date(2012, 12, 31), True), (dt.date(2014, 1, 1), False)):
        facts = {"sex_id": "sexe:F", "age_precision_id": "precision_age:EXACT", "origin_id": "59"}
        other = opened({**facts, "birth_year": birth.year, "birth_month": birth.month}, first_name="Awa")
        assert (known.pk in found(other)) is is_found


def test_without_any_name_the_same_place_and_week_are_enough(opened):
    facts = {**GIRL, "exploitation_place_id": "2A"}
    known = opened(facts, at=days_ago(20))
    assert found(opened(facts, at=days_ago(14))) == [known.pk]
    assert found(opened({**facts, "exploitation_place_id": "13"}, at=days_ago(14))) == []
    assert known.pk not in found(opened(facts, at=days_ago(2)))


def test_a_pair_told_apart_is_not_proposed_again_until_it_is_lifted(opened, cast):
    known, again = opened(GIRL, **AWA), opened(GIRL, **AWA)
    apart = cases_tell_apart(first=again, second=known, by=cast["coordination"])
    assert found(known) == found(again) == []
    cases_apart_lift(apart=apart, by=cast["coordination"])
    assert found(known) == [again.pk]


def test_stays_at_the_same_dates_speak_against(opened, cast):
    known, again = opened(GIRL, **AWA), opened(GIRL, **AWA)
    place(cast, known)
    assert likeness_of(known, again).criteria["stays"] is None
    place(cast, again, name="Aubépine")
    assert likeness_of(known, again).criteria["stays"] is False


def test_a_corrected_name_is_no_longer_heard(opened, cast):
    known, again = opened(GIRL, **AWA), opened(GIRL, **AWA)
    identity_write(case=again, by=cast["coordination"], last_name="Sissoko", first_name="Mariam")
    assert found(known) == []


def test_it_costs_one_statement_and_opens_no_seal(opened):
    known = opened(GIRL, **AWA)
    for number in range(3):
        opened(GIRL, at=days_ago(30 - number), **AWA)
    with CaptureQueriesContext(connection) as queries:
        assert len(duplicates_of(known)) == 3
    (query,) = queries
    assert "caseidentity" not in query["sql"]


@pytest.mark.parametrize("key", ["director_a", "gendarme", "dpo", "tech_admin", "trainer"])
def test_nobody_else_finds_nor_sees_nor_writes_a_sound(opened, acting_as, key):
    known = opened(GIRL, **AWA)
    opened(GIRL, **AWA)
    with acting_as(key):
        assert duplicates_of(known) == []
        assert not CaseSound.objects.exists()
        with walled():
            CaseSound.objects.create(case_id=known.pk, part="last", digest="0" * 64)


def test_the_command_hears_again_the_names_sealed_before(opened, cast, acting_as, capsys):
    known, again = opened(GIRL, **AWA), opened(GIRL, **AWA)
    before = set(CaseSound.objects.values_list("case_id", "part", "digest"))
    CaseSound.objects.all().delete()
    assert found(known) == []
    call_command("names_enter", compte=cast["direction"].email)
    assert found(known) == [again.pk]
    assert set(CaseSound.objects.values_list("case_id", "part", "digest")) == before
    assert "diallo" not in capsys.readouterr().out.casefold()
    with pytest.raises(CommandError, match="pas ouverte"):
        call_command("names_enter", compte=cast["dpo"].email)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("names_enter", compte="personne@havre.example")
