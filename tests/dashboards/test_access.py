"""Figures are for the coordination and the direction; for anybody else these addresses do not exist."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cms.partners.models import Partner
from cms.wall import scope
from dashboards.figures.selectors.report import RowsQuery, figures_for, report, rows_for
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.periods import Period
from dashboards.policies import PartialScopeError
from tests.costs import counted
from tests.dashboards.world import World, at

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAYS = {"du": "2026-01-01", "au": "2026-06-30"}
ALLOWED = ("coordination", "direction")
REFUSED = (
    "trainer",
    "editor",
    "dpo",
    "tech_admin",
    "state_reader",
    "director_a",
    "gendarme",
    "former_member",
    "trainee",
)
PAGES = ("/admin/chiffres/", "/admin/chiffres/I1/lignes/")


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("page", [*PAGES, "/api/v1/indicators/"])
def test_the_coordination_and_the_direction_read(client_of, who, page):
    assert client_of(who).get(page, DAYS).status_code == 200


@pytest.mark.parametrize("who", REFUSED)
@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_reaches_the_pages(client_of, who, page):
    response = client_of(who).get(page, DAYS)
    assert response.status_code in (302, 403, 404)
    assert b"fig-tile" not in response.content


@pytest.mark.parametrize("who", ["trainer", "editor", "dpo"])
def test_a_page_that_is_not_for_a_member_of_the_back_office_does_not_exist(client_of, who):
    assert client_of(who).get("/admin/chiffres/").status_code == 404
    assert client_of(who).post("/admin/chiffres/exporter/", DAYS).status_code == 404


@pytest.mark.parametrize("who", REFUSED)
def test_the_api_answers_as_if_there_were_nothing(client_of, who):
    assert client_of(who).get("/api/v1/indicators/", DAYS).status_code == 404


def test_nobody_signed_in_reads_nothing(client_of):
    browser = client_of("anonymous")
    assert browser.get("/admin/chiffres/").status_code == 302
    assert browser.get("/api/v1/indicators/", DAYS).status_code in (401, 403)


@pytest.mark.parametrize("who", REFUSED)
def test_the_function_refuses_whoever_lacks_the_right(cast, who):
    with scope.acting(cast[who]), pytest.raises(PermissionDenied):
        figures_for(cast[who], PERIOD)
    with scope.acting(cast[who]), pytest.raises(PermissionDenied):
        rows_for(cast[who], RowsQuery("I1", PERIOD))


@pytest.mark.parametrize("who", ["director_a", "coordination"])
def test_no_figure_is_worked_out_under_the_scope_of_a_person(cast, who):
    with scope.acting(cast[who]), pytest.raises(PartialScopeError):
        report(PERIOD)


def test_the_scope_of_the_reader_comes_back(cast):
    with scope.acting(cast["coordination"]):
        figures_for(cast["coordination"], PERIOD)
        assert scope.current().user_id == cast["coordination"].pk


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"du": "2026-06-30", "au": "2026-01-01"}, "précède son début"),
        ({"du": "hier", "au": "2026-01-01"}, "par exemple 2026-01-31"),
        ({"du": "2126-01-01", "au": "2126-02-01"}, "pas encore commencé"),
    ],
)
def test_an_impossible_period_is_said_beside_its_field(client_of, days, words):
    browser = client_of("coordination")
    page = browser.get("/admin/chiffres/", days)
    assert page.status_code == 422
    assert words in page.content.decode()
    answer = browser.get("/api/v1/indicators/", days)
    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} & {"du", "au"}
    assert browser.post("/admin/chiffres/exporter/", days).status_code == 422


def test_an_unknown_indicator_or_cut_does_not_exist(client_of):
    browser = client_of("coordination")
    assert browser.get("/admin/chiffres/I9/lignes/", DAYS).status_code == 404
    assert browser.get("/admin/chiffres/I1/lignes/", {**DAYS, "par": "password"}).status_code == 404
    assert browser.get("/admin/chiffres/I1/lignes/", {**DAYS, "par": "by_month", "cle": "x"}).status_code == 404


def test_the_page_shows_the_eight_indicators_and_their_figures(client_of, cast):
    with scope.acting(cast["coordination"]):
        World(cast["coordination"]).sollicitation(at(dt.date(2026, 2, 3)), exploitation_place_id="59")
    page = client_of("coordination").get("/admin/chiffres/", DAYS).content.decode()
    assert page.count('class="fig-tile"') == 8
    assert "Nord : 1" in page
    assert "Nombre de victimes orientées" in page


def test_each_indicator_detail_and_table_has_an_address(client_of, cast):
    with scope.acting(cast["coordination"]):
        World(cast["coordination"]).sollicitation(at(dt.date(2026, 2, 3)), sex_id="sexe:F")
    browser = client_of("coordination")
    for code, definition in DEFINITIONS.items():
        page = browser.get("/admin/chiffres/", {**DAYS, "indicateur": code}).content.decode()
        opened = page[page.index('class="fig-panel"') :]
        assert definition.label in opened
        assert f'id="definition-{code}"' in opened
        assert sum(f'id="definition-{other}"' in page for other in DEFINITIONS) == 1
    asked = {**DAYS, "indicateur": "I1", "detail": "by_sex", "croiser": "month_form"}
    page = browser.get("/admin/chiffres/", asked).content.decode()
    assert "<h3>Par sexe</h3>" in page
    assert "<h3>Mois et forme principale</h3>" in page
    # What does not exist is not asked for: the page opens on what is shown first.
    known = browser.get("/admin/chiffres/", {**DAYS, "indicateur": "I9", "detail": "password", "croiser": "x"})
    assert DEFINITIONS["I1"].label in known.content.decode()


def test_the_rows_show_references_alone(client_of, cast):
    with scope.acting(cast["coordination"]):
        row = World(cast["coordination"]).sollicitation(at(dt.date(2026, 2, 3)))
    page = client_of("coordination").get("/admin/chiffres/I1/lignes/", DAYS).content.decode()
    assert row.reference in page
    assert "1 ligne" in page


def test_the_api_gives_what_the_page_gives(client_of, cast):
    with scope.acting(cast["coordination"]):
        World(cast["coordination"]).sollicitation(at(dt.date(2026, 2, 3)))
    answer = client_of("coordination").get("/api/v1/indicators/", DAYS).json()
    assert [item["code"] for item in answer["indicators"]] == [f"I{number}" for number in range(1, 9)]
    assert answer["indicators"][0]["headline"][0]["value"] == 1
    assert answer["last"] == "2026-06-30"
    tables = {table["code"]: table for table in answer["indicators"][2]["tables"]}
    assert tables["cost_payer"]["kinds"] == ["text", "number", "euros", "price", "number"]
    assert len(tables["occupancy_month"]["rows"]) == 6


def test_the_export_is_a_workbook(client_of):
    response = client_of("coordination").post("/admin/chiffres/exporter/", DAYS)
    assert response.status_code == 200
    assert "indicateurs-2026-01-01-2026-06-30.xlsx" in response["Content-Disposition"]
    assert load_workbook(io.BytesIO(response.content)).sheetnames[0] == "Synthèse"


def test_an_export_is_asked_for_not_followed(client_of):
    assert client_of("coordination").get("/admin/chiffres/exporter/").status_code == 405


def run(path, **options):
    call_command("export_indicators", **{"du": "2026-01-01", "au": "2026-06-30", "fichier": path, **options})


def test_the_command_writes_the_workbook_under_an_account(cast, tmp_path):
    path = tmp_path / "indicateurs.xlsx"
    run(path, compte="coordination@havre.example")
    assert load_workbook(path).sheetnames[0] == "Synthèse"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "--compte"),
        ({"compte": "personne@havre.example"}, "Aucun compte actif"),
        ({"compte": "trainer@havre.example"}, "réservés à la coordination"),
        ({"compte": "coordination@havre.example", "au": "2025-01-01"}, "précède son début"),
        ({"compte": "coordination@havre.example", "du": "demain"}, "AAAA-MM-JJ"),
        ({"compte": "coordination@havre.example", "au": "2026-02-30"}, "AAAA-MM-JJ"),
        ({"compte": "coordination@havre.example", "du": "2126-01-01", "au": "2126-02-01"}, "pas encore commencé"),
        ({"compte": "coordination@havre.example", "du": "2001-01-01"}, "au plus 10 ans"),
        ({"compte": "former-member@havre.example"}, "réservés à la coordination"),
    ],
)
def test_the_command_refuses_in_words_and_writes_nothing(cast, tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path / "indicateurs.xlsx", **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("path", "words"),
    [("absent/indicateurs.xlsx", "n’existe pas"), ("indicateurs.csv", "finit par .xlsx"), ("", "est un dossier")],
)
def test_the_command_refuses_a_file_that_it_cannot_write(cast, tmp_path, path, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path / path, compte="coordination@havre.example")
    assert not list(tmp_path.iterdir())


def queries(client) -> int:
    """Queries of the page, without those that open and close savepoints."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/admin/chiffres/", DAYS).status_code == 200
    return len(counted(captured))


def test_the_page_costs_the_same_number_of_queries_whatever_the_network(client_of, cast):
    browser = client_of("coordination")
    browser.get("/admin/chiffres/")
    small = queries(browser)
    with scope.acting(cast["coordination"]):
        world = World(cast["coordination"])
        house = Partner.objects.get(code_name="Les Tilleuls")
        for number in range(12):
            case = world.case()
            asked = world.sollicitation(at(dt.date(2026, 1 + number % 6, 3)), case=case)
            world.proposal(world.orientation(asked, at(dt.date(2026, 1 + number % 6, 9))), house, "reponse:ACC")
            world.placement(case, house, at(dt.date(2026, 1 + number % 6, 20)))
            world.structure(f"Maison {number}", "38", signed_on=dt.date(2026, 1, 1))
    # The first reading finds nothing kept, and asks for its state and its targets apart.
    assert queries(browser) <= small <= MOST_QUERIES
    # Nothing moved since: nothing is counted again.
    assert queries(browser) <= FEWEST_QUERIES
    for code in DEFINITIONS:
        page = browser.get("/admin/chiffres/", {**DAYS, "indicateur": code})
        assert len(page.content) < HEAVIEST, code


def test_a_report_takes_at_most_forty_statements(cast):
    with scope.acting(scope.FIGURES), CaptureQueriesContext(connection) as captured:
        report(PERIOD)
    free = ("SELECT scope_", "SELECT set_config(")
    assert len([query for query in captured if not query["sql"].startswith(free)]) <= 40


FEWEST_QUERIES = 12
HEAVIEST = 120 * 1024
MOST_QUERIES = 56
"""Session, scope, rights and menu included."""
