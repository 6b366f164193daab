"""What protects a minor, entered on the file: places to avoid, needs and languages, legal frames and their clocks."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.words import time_left
from cases.files.protection.services import legal_frame_set
from cases.models import Case, CaseLanguage, CaseNeed, KeepAway, LegalFrame
from tests.cases.steps import days_ago, open_case

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def page(case, name, *more):
    return reverse(f"cases_case:{name}", args=[case.pk, *more])


def moment(value) -> str:
    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"


@pytest.fixture
def case(files):
    return files["case_a"]


@pytest.fixture
def browser(client_of):
    return client_of("coordination")


def urgent(case, days, cast):
    return legal_frame_set(
        case=case, frame_id="cadre_juridique:OPP-P", decided_at=days_ago(days), by=cast["coordination"]
    )


def told(browser, case) -> str:
    return browser.get(page(case, "inspect")).content.decode()


def test_a_place_to_avoid_is_added_shown_and_lifted(browser, case, acting_as):
    form = {"territory": "13", "reason": "motif_eloignement:RESEAU", "level": "avoided", "radius_km": 80}
    assert browser.post(page(case, "away"), form).status_code == 302
    assert "Lieu de vie ou d’influence du réseau" in told(browser, case)
    twice = browser.post(page(case, "away"), form)
    assert twice.status_code == 422
    assert "déjà à éviter" in twice.content.decode()
    with acting_as("coordination"):
        row = KeepAway.objects.get(case=case, territory_id="13")
    assert (row.level, row.radius_km) == ("avoided", 80)
    assert browser.post(page(case, "away_lift", row.pk), {"lifted_on": timezone.localdate()}).status_code == 302
    with acting_as("coordination"):
        assert not KeepAway.objects.holding().filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"territory": "999"}, {"radius_km": "1501"}, {"radius_km": "-1"}, {"level": "maybe"}, {"reason": "sexe:F"}],
)
def test_a_wrong_place_to_avoid_writes_nothing(browser, case, acting_as, wrong):
    form = {"territory": "13", "reason": "motif_eloignement:RESEAU", "level": "avoided", "radius_km": 80} | wrong
    answer = browser.post(page(case, "away"), form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)
    with acting_as("coordination"):
        assert not KeepAway.objects.filter(territory_id="13").exists()


def test_needs_and_languages_are_replaced(browser, case, acting_as):
    url = page(case, "needs")
    browser.post(url, {"needs": ["vulnerabilite:PSY"], "languages": ["langue:ENG", "langue:FRA"]})
    assert browser.post(url, {"languages": ["langue:FRA"]}).status_code == 302
    with acting_as("coordination"):
        assert not CaseNeed.objects.filter(case=case).exists()
        assert list(CaseLanguage.objects.filter(case=case).values_list("language_id", flat=True)) == ["langue:FRA"]
    assert browser.post(url, {"needs": ["langue:FRA"]}).status_code == 422


def test_a_legal_frame_enters_by_one_way_and_its_step_is_noted(browser, case, acting_as):
    browser.post(page(case, "frame"), {"frame": "cadre_juridique:OPP-P", "decided_at": moment(days_ago(3))})
    shown = told(browser, case)
    assert "Saisir le juge des enfants sous 8 jours." in shown
    assert "reste 4\u00a0jours" in shown
    with acting_as("coordination"):
        row = LegalFrame.objects.get(case=case, replaced_at=None)
    assert browser.post(page(case, "frame_met", row.pk), {"met_at": moment(days_ago(9))}).status_code == 422
    assert browser.post(page(case, "frame_met", row.pk), {"met_at": moment(days_ago(1))}).status_code == 302
    assert "Noter la démarche" not in told(browser, case)
    # The form of facts does not know the column: a clock would be missed.
    browser.post(page(case, "edit"), {"legal_frame": "cadre_juridique:AE"})
    with acting_as("coordination"):
        assert Case.objects.get(pk=case.pk).legal_frame_id == "cadre_juridique:OPP-P"


def test_the_row_of_another_file_is_not_found(browser, case, files, cast, acting_as):
    with acting_as("coordination"):
        row = legal_frame_set(
            case=case, frame_id="cadre_juridique:OPP-P", decided_at=days_ago(1), by=cast["coordination"]
        )
    assert browser.get(page(files["case_b"], "frame_met", row.pk)).status_code == 404


def test_the_home_shows_the_clocks_that_run_with_what_is_left(browser, cast, acting_as):
    with acting_as("coordination"):
        for days in (2, 11):
            case = open_case(cast, received_at=days_ago(20))[1]
            legal_frame_set(
                case=case, frame_id="cadre_juridique:OPP-P", decided_at=days_ago(days), by=cast["coordination"]
            )
    shown = browser.get(reverse("wagtailadmin_home")).content.decode()
    assert "3\u00a0jours de retard" in shown
    assert "5\u00a0jours le " in shown


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.5, "reste 30 min"),
        (5, "reste 5 h"),
        (47.5, "reste 47 h"),
        (73, "reste 3 jours"),
        (-50, "en retard de 2 jours"),
    ],
)
def test_a_delay_in_words(hours, words):
    assert time_left(NOW + dt.timedelta(hours=hours), NOW).replace("\u00a0", " ") == words
