"""From a figure, a bar, a place of the map or a trace code to its rows, filtered, then taken out."""

import datetime as dt
import io
import re
from dataclasses import replace
from html import unescape
from itertools import permutations

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cms.partners.models import Partner
from cms.wall import scope
from dashboards.figures.selectors.traces import range_code
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.models import Trace
from dashboards.periods import Period
from dashboards.workbook.papers.export import indicators_export
from tests.dashboards.world import World, at

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAYS = {"du": "2026-01-01", "au": "2026-06-30"}
ROWS = reverse("dashboards_rows", args=["I1"])


@pytest.fixture
def world(cast):
    with scope.acting(cast["coordination"]):
        world = World(cast["coordination"])
        house = Partner.objects.get(code_name="Les Tilleuls")
        for month, place, sex in ((1, "59", "sexe:F"), (2, "13", "sexe:F"), (2, None, "sexe:M")):
            case = world.case(exploitation_place_id=place, sex_id=sex)
            asked = world.sollicitation(
                at(dt.date(2026, month, 3)), case=case, exploitation_place_id=place, sex_id=sex
            )
            orientation = world.orientation(asked, at(dt.date(2026, month, 6)))
            world.placement(case, house, at(dt.date(2026, month, 20)), orientation=orientation)
    return world


@pytest.fixture
def browser(client_of, world):
    return client_of("coordination")


def text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_each_column_bar_cell_and_place_opens_as_many_rows_as_it_says(browser):
    page = browser.get(reverse("dashboards_figures"), {**DAYS, "indicateur": "I3"}).content.decode()
    drawn = re.findall(r'<a class="fig-open" href="([^"]+)"[^>]*>.*?<title>[^<]* : ([\d\u202f]+)</title>', page)
    assert sum("by_territory" in url for url, _ in drawn) == 2
    assert sum("by_month" in url for url, _ in drawn) == 2
    numbers = re.findall(r'<a href="([^"]+/lignes/[^"]+)">([\d\u202f]+)</a>', page)
    assert sum(url.count("=") == 4 for url, _ in numbers) >= 1  # cells of two cuts
    assert len(numbers) > 8
    for url, told in {*drawn, *numbers}:
        assert f"{told} ligne" in text(browser.get(unescape(url))), url


def test_each_place_of_the_map_of_coverage_says_what_covers_it(browser):
    page = browser.get(reverse("dashboards_figures"), {**DAYS, "indicateur": "I5"}).content.decode()
    covered = re.findall(r'<a class="fig-open" href="([^"]+/couverture/[^"]+)"', page)
    assert len(set(covered)) == 101 + 6  # départements and overseas collectivities, some of them drawn twice
    assert browser.get(unescape(covered[0])).status_code == 200


def test_filters_narrow_the_rows_and_say_how_many_each_choice_has(browser):
    page = browser.get(ROWS, DAYS)
    assert "3 lignes" in text(page)
    assert re.search(r"Nord[^·]* · 1 ", text(page))
    assert "1 ligne," in text(browser.get(ROWS, {**DAYS, "by_territory": "59"}))
    assert "1 ligne," in text(browser.get(ROWS, {**DAYS, "by_territory": "NR"}))
    assert "1 ligne," in text(browser.get(ROWS, {**DAYS, "by_sex": "sexe:F", "by_month": "2026-02-01"}))
    assert "2 lignes" in text(browser.get(ROWS, {**DAYS, "par": "by_sex", "cle": "sexe:F"}))


@pytest.mark.parametrize("code", ["I2", "I3"])
def test_persons_are_chosen_before_they_are_filtered(browser, code):
    page = browser.get(reverse("dashboards_rows", args=[code]), {**DAYS, "by_sex": "sexe:F"})
    assert "2 lignes" in text(page)


@pytest.mark.parametrize(
    "query",
    [{"by_territory": "2Z"}, {"by_sex": "'; DROP"}, {"p": "x"}, {"trace": "1111-2222-3333-4444"}, {"par": "password"}],
)
def test_what_the_rows_do_not_have_does_not_exist(browser, query):
    assert browser.get(ROWS, {**DAYS, **query}).status_code == 404


def test_the_rows_leave_in_a_workbook_as_they_are_shown(browser):
    answer = browser.post(reverse("dashboards_rows_export", args=["I1"]), {**DAYS, "by_sex": "sexe:F"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    head, *rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert len(rows) == 2
    assert head[:2] == ["Référence", "Reçue le"]
    assert {row[1] for row in rows} == {dt.date(2026, 1, 3), dt.date(2026, 2, 3)}
    assert "Nord" in "".join(str(cell) for row in rows for cell in row)


def test_a_trace_code_finds_its_rows_and_what_changed_since(browser, world, cast):
    with scope.acting(cast["coordination"]):
        export = indicators_export(user=cast["coordination"], period=PERIOD)
    page = browser.get(reverse("dashboards_find"), {"code": f" {export.trace.lower().replace('-', ' ')} "})
    assert page.status_code == 200
    assert export.number in text(page)
    assert text(page).count("inchangé") == 8
    with scope.acting(cast["coordination"]):
        world.sollicitation(at(dt.date(2026, 4, 1)))
        code = Trace.objects.get(indicator="I1", number=export.number).code
    assert "+1 entrée" in text(browser.get(reverse("dashboards_find"), {"code": export.trace}))
    assert "4 lignes" in text(browser.get(ROWS, DAYS))
    assert "3 lignes" in text(browser.get(ROWS, {**DAYS, "trace": code}))
    assert browser.get(ROWS, {**DAYS, "au": "2026-05-31", "trace": code}).status_code == 404


def test_each_cell_of_an_exported_table_leads_to_its_rows(browser, cast):
    with scope.acting(cast["coordination"]):
        export = indicators_export(user=cast["coordination"], period=PERIOD)
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(export.content)).get_sheet_by_name("I3 Victimes placées").to_python()
    )
    told = {str(cell): (down, across) for down, row in enumerate(rows) for across, cell in enumerate(row)}
    codes = {CODED.search(cell)[1]: place for cell, place in told.items() if CODED.search(cell)}
    assert len(codes) > 15
    tables = {code: browser.get(reverse("dashboards_find"), {"code": code}).content.decode() for code in codes}
    assert sum(rows[down - 1][across] == "Forme principale et âge" for down, across in codes.values()) == 1
    numbers = {
        code: re.findall(r'<a href="([^"]+trace=[^"]+)">([\d\u202f]+)</a>', page) for code, page in tables.items()
    }
    assert all(sum(int(n) for _, n in cells) == 3 for cells in numbers.values())
    for url, n in {cell for cells in numbers.values() for cell in cells}:
        assert f"{n} ligne" in text(browser.get(unescape(url))), url


CODED = re.compile(r"\(([0-9A-F-]{29})\)")
OPENED = re.compile(r'<a href="([^"]+trace=[^"]+)">([\d\u202f]+)</a>')


def test_no_two_tables_of_an_indicator_have_the_same_code():
    for indicator in INDICATORS.values():
        names = [cut.name for cut in indicator.rows.cuts]
        codes = [range_code("", cuts) for cuts in (*((name,) for name in names), *permutations(names, 2))]
        assert len(set(codes)) == len(codes)


def test_a_definition_changed_between_two_exports_is_said(browser, cast, monkeypatch):
    with scope.acting(cast["coordination"]):
        export = indicators_export(user=cast["coordination"], period=PERIOD)
    assert "alors" not in text(browser.get(reverse("dashboards_find"), {"code": export.trace}))
    monkeypatch.setitem(DEFINITIONS, "I1", replace(DEFINITIONS["I1"], version="2.0"))
    page = text(browser.get(reverse("dashboards_find"), {"code": export.trace}))
    assert page.count("définition 1.") == page.count("alors, 2.0 aujourd’hui") == 1


@pytest.mark.parametrize("code", ["1111-2222-3333-4444", "1111-2222-3333-4444-5555", "abc", "=1+1", "🏠", "a" * 5000])
def test_an_unknown_code_is_said_clearly(browser, code):
    page = browser.get(reverse("dashboards_find"), {"code": code})
    assert page.status_code == 422
    assert "code" in text(page)
    assert 'id="id_code_error"' in page.content.decode()


def test_the_same_rows_are_kept_once(world, cast):
    with scope.acting(cast["coordination"]):
        first = indicators_export(user=cast["coordination"], period=PERIOD)
        kept = Trace.objects.count()
        second = indicators_export(user=cast["coordination"], period=PERIOD)
        assert first.trace == second.trace
        assert first.number != second.number
        assert Trace.objects.count() == kept == 9


def test_codes_are_read_by_the_coordination_alone(client_of, world, cast):
    with scope.acting(cast["coordination"]):
        indicators_export(user=cast["coordination"], period=PERIOD)
    for key in ("dpo", "trainer", "editor"):
        assert client_of(key).get(reverse("dashboards_find")).status_code == 404
    for key in ("dpo", "state_reader", "director_a", "gendarme"):
        with scope.acting(cast[key]):
            assert not Trace.objects.exists()
