"""A drawing, its description and its table say the same thing."""

import datetime as dt
import re
from html import unescape

import pytest

from dashboards.drawings.words.charts import Point, bars, horizontal_bars, line
from dashboards.drawings.words.map import class_labels, class_of, count_map, state_map
from dashboards.drawings.words.months import Column, Part, columns
from dashboards.drawings.words.small import is_late, progress_bar, spark
from dashboards.figures.selectors.comparison import figures_compared
from dashboards.figures.words.addresses import PageAddress
from dashboards.figures.words.panel import panel
from dashboards.figures.words.tiles import tiles
from dashboards.periods import Period
from dashboards.reporting.releases.words import left_out
from dashboards.reporting.targets.services import target_set
from tests.dashboards.world import at

POINTS = [Point("janvier 2026", 3, "janv."), Point("février 2026", 0, "févr."), Point("<b>mars</b>", 12, "mars")]


@pytest.mark.parametrize("draw", [bars, horizontal_bars, line])
def test_each_value_is_told_in_the_drawing(draw):
    chart = draw("Titre & sens", POINTS)
    told = [unescape(title) for title in re.findall(r"<title>(.*?)</title>", chart.svg)]
    assert told == ["Titre & sens", *(f"{point.label} : {point.value}" for point in POINTS)]
    assert ("De janvier 2026, 3 à <b>mars</b>, 12." if draw is line else "total 15") in chart.description
    assert chart.points == tuple(POINTS)


@pytest.mark.parametrize("draw", [bars, horizontal_bars, line])
def test_a_drawing_has_a_role_and_words_and_no_style_of_its_own(draw):
    svg = draw("Titre", POINTS).svg
    assert 'role="img"' in svg
    assert "<desc>" in svg
    assert not re.search(r"\s(style|fill|stroke|onload)=", svg)
    assert "<b>" not in svg


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("by_form", [44, None, None], "Et 2 autres, masquées : voir le tableau."),
        ("by_form", [44, None], "Et 1 autre, masquée : voir le tableau."),
        ("by_form", [1] * 22, "Et 2 autres, non dessinées : voir le tableau."),
        ("by_form", [44, 3], ""),
        ("by_month", [44, None], ""),
    ],
)
def test_a_chart_says_what_it_leaves_out(code, values, said):
    assert left_out({"code": code, "rows": [["mot", value] for value in values]}) == said


@pytest.mark.parametrize("draw", [bars, horizontal_bars, line])
@pytest.mark.parametrize("points", [[], [Point("seul", 0)]])
def test_nothing_to_draw_is_said(draw, points):
    assert draw("Titre", points).description == "Aucune valeur sur la période."


def test_the_map_colours_the_rhone_and_names_every_territory():
    drawn = count_map("Titre", {"69": 7, "971": 1})
    assert {row[0]: row[2] for row in drawn.rows}["69"] == "7"
    assert len(drawn.rows) == 107
    assert drawn.svg.count("fig-c3") == 1
    assert "Rhône : 7" in drawn.svg
    assert not re.search(r"\s(style|fill)=", drawn.svg)


def test_classes_of_counts_follow_one_another():
    assert class_labels() == ["aucune", "1", "2 à 4", "5 à 9", "10 et plus"]
    assert [class_of(value) for value in (0, 1, 2, 4, 5, 9, 10, 500)] == [0, 1, 2, 2, 3, 3, 4, 4]


def test_a_map_of_states_says_the_state_in_words():
    drawn = state_map(
        "Titre", {"69": "partial"}, {"covered": "Couvert", "partial": "En partie", "none": "Non couvert"}
    )
    assert "Rhône : En partie" in drawn.svg
    assert "Nord : Non couvert" in drawn.svg


def test_every_chart_of_the_page_agrees_with_its_table(world):
    for month, form in ((1, "forme:SEX"), (2, "forme:DEL"), (2, "forme:IND"), (5, "forme:SEX")):
        world.sollicitation(at(dt.date(2026, month, 3)), exploitation_place_id="59", form=form)
    world.sollicitation(at(dt.date(2025, 8, 3)))
    report, comparison = figures_compared(world.by, Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30)))
    bars = 0
    for code, result in report.results.items():
        shown = panel(report, comparison, code, {}, PageAddress("/", {}))
        drawn = shown.months.columns if shown.months else shown.course.points
        assert [column.value for column in drawn] == [row.n for row in result.breakdown("by_month").rows], code
        for column, row in zip(drawn, shown.month_table.rows, strict=True):
            assert str(column.value) in [cell.text for cell in row.cells]
        if shown.categories:
            assert sum(item.n for item in shown.categories) == result.headline[0].value
            assert all(sum(part.value for part in column.parts) == column.value for column in drawn)
        for item in shown.bars:
            source = result.breakdown(item.code)
            assert [(row.label, row.n) for row in item.rows] == [(row.label, row.n) for row in source.rows]
            bars += 1
    assert bars >= 7
    first = panel(report, comparison, "I1", {}, PageAddress("/", {}))
    assert [column.before for column in first.months.columns] == [0, 1, 0, 0, 0, 0]
    assert {item.label: item.n for item in first.categories}["Autre ou indéterminée"] == 1


def test_columns_say_their_parts_and_the_month_that_runs_is_pale():
    parts = (Part("Travail", "fig-k3", 2), Part("Mendicité", "fig-k4", 0))
    chart = columns(
        "Titre",
        [
            Column("janvier 2026", "janv.", 2, parts, "/lignes/", before=5),
            Column("février 2026", "févr.", 1, (Part("", "fig-k1", 1),), is_partial=True),
        ],
    )
    told = [unescape(title) for title in re.findall(r"<title>(.*?)</title>", chart.svg)]
    assert told == ["Titre", "janvier 2026 (Travail 2) : 2", "février 2026 : 1"]
    assert chart.svg.count("fig-partial") == 1
    assert chart.svg.count("fig-before") == 1
    assert chart.svg.count('href="/lignes/"') == 1


@pytest.mark.parametrize(("reached", "expected", "late"), [(0.5, 0.52, False), (0.5, 0.6, True), (1.2, 1.0, False)])
def test_red_is_what_is_missing_at_the_pace_of_the_period(reached, expected, late):
    assert is_late(reached, expected) is late
    assert ("fig-miss" in progress_bar(reached, expected)) is late


def test_a_course_needs_two_months():
    assert spark([3]) == spark([0, 0]) == ""
    assert spark([3, 4]).count("<path") == 2


def test_tiles_say_change_target_and_stop_at_the_last_whole_month(world):
    for month in (1, 2, 3):
        world.sollicitation(at(dt.date(2026, month, 3)))
    target_set(by=world.by, year=2, code="I1", value=30)
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    report, comparison = figures_compared(world.by, year)
    first, second, *_ = tiles(report, comparison, PageAddress("/", {"du": "2026-01-01"}), "I2")
    assert (first.is_open, second.is_open) == (False, True)
    assert first.url == "/?du=2026-01-01&indicateur=I1#ouvert"
    before = next(line.before for line in comparison.lines if line.code == "I1")
    now = report.results["I1"].headline[0].value
    assert first.changes == (f"▲ {now - before}" if now > before else "=" if now == before else f"▼ {before - now}",)
    assert (first.target, first.is_late) == ("30", True)
    assert "en retard" in first.progress
    whole = [row for row in report.results["I1"].breakdown("by_month").rows if not row.is_partial]
    assert first.course.split('class="fig-line"')[1].split('"')[1].count(" ") == len(whole)
