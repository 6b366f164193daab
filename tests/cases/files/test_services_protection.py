"""Places to keep away from, needs and languages, legal frames and their clocks."""

import datetime as dt

import pytest

from cases.files.protection.enums import AwayLevel
from cases.files.protection.services import keep_away_add, keep_away_lift, legal_frame_met, legal_frame_set, needs_set
from cases.models import CaseLanguage, CaseNeed, KeepAway, LegalFrame
from cms.wall import scope
from tests.cases.steps import days_ago, journal_of, open_case, refused_on
from tests.cast.everything import all_rows


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        yield open_case(cast)[1]


def test_a_place_to_keep_away_from_has_a_radius_and_is_lifted_once(cast, case):
    by = cast["coordination"]
    row = keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=by)
    assert (row.radius_km, row.level) == (150, AwayLevel.FORBIDDEN)
    with refused_on("__all__", match="déjà à éviter"):
        keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=by)
    keep_away_lift(keep_away=row, by=by)
    assert not KeepAway.objects.holding().filter(case=case).exists()
    with refused_on(match="déjà levé"):
        keep_away_lift(keep_away=row, by=by)
    assert "cases.keep_away.lift" in [action for action, _ in journal_of(case.pk)]


def test_a_radius_beyond_the_country_is_refused(cast, case):
    with refused_on("__all__", match="1 500 km"):
        keep_away_add(
            case=case,
            territory_id="59",
            reason_id="motif_eloignement:RESEAU",
            by=cast["coordination"],
            radius_km=5000,
        )


def test_needs_and_languages_are_replaced_and_told_once(cast, case):
    by = cast["coordination"]
    needs_set(case=case, by=by, needs=["vulnerabilite:PSY"], languages=["langue:ENG", "langue:FRA"])
    needs_set(case=case, by=by, needs=["vulnerabilite:GROSSESSE"], languages=["langue:ENG", "langue:FRA"])
    assert list(CaseNeed.objects.filter(case=case).values_list("need_id", flat=True)) == ["vulnerabilite:GROSSESSE"]
    assert CaseLanguage.objects.filter(case=case).count() == 2
    assert [action for action, _ in journal_of(case.pk)].count("cases.case.needs") == 3
    with refused_on("needs"):
        needs_set(case=case, by=by, needs=["langue:ENG"])


def test_a_legal_frame_starts_its_clock_and_replaces_the_one_before(cast, case):
    by, decided_at = cast["coordination"], days_ago(3)
    urgent = legal_frame_set(case=case, frame_id="cadre_juridique:OPP-P", decided_at=decided_at, by=by)
    assert urgent.due_at == decided_at + dt.timedelta(days=8)
    assert case.legal_frame_id == "cadre_juridique:OPP-P"
    assert LegalFrame.objects.running().get(case=case) == urgent
    lasting = legal_frame_set(case=case, frame_id="cadre_juridique:AE", decided_at=days_ago(1), by=by)
    assert lasting.due_at is None
    assert not LegalFrame.objects.running().filter(case=case).exists()
    with refused_on("decided_at", match="antérieure"):
        legal_frame_set(case=case, frame_id="cadre_juridique:OPP-JE", decided_at=days_ago(2), by=by)
    with refused_on("frame"):
        legal_frame_set(case=case, frame_id="langue:ENG", decided_at=days_ago(0), by=by)


def test_the_step_that_a_clock_waits_for_is_noted_once(cast, case):
    by = cast["coordination"]
    row = legal_frame_set(case=case, frame_id="cadre_juridique:OPP-P", decided_at=days_ago(3), by=by)
    with refused_on("__all__", match="précède"):
        legal_frame_met(legal_frame=row, at=days_ago(4), by=by)
    row.refresh_from_db()
    legal_frame_met(legal_frame=row, at=days_ago(1), by=by)
    with refused_on(match="déjà notée"):
        legal_frame_met(legal_frame=row, at=days_ago(1), by=by)


@pytest.mark.parametrize(("key", "is_seen"), [("director_a", True), ("director_b", False), ("gendarme", False)])
def test_what_protects_a_minor_is_seen_by_the_team_that_houses_it(cast, acting_as, key, is_seen):
    case, by = all_rows()["case_a"], cast["coordination"]
    with acting_as("coordination"):
        keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=by)
        needs_set(case=case, by=by, needs=["vulnerabilite:PSY"], languages=["langue:ENG"])
    with acting_as(key):
        assert [KeepAway.objects.exists(), CaseNeed.objects.exists(), CaseLanguage.objects.exists()] == [is_seen] * 3
        with refused_on(match="pas ouverte"):
            keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=cast[key])
    with scope.acting(scope.REFERENCE):
        assert not KeepAway.objects.exists()
