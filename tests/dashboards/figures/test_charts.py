"""A drawing, its description and its table say the same thing."""

import datetime as dt
import re
from html import unescape

import pytest

from dashboards.drawings.words.charts import Point, bars, horizontal_bars, line
from dashboards.drawings.words.map import class_labels, class_of, count_map, state_map
from dashboards.figures.selectors.report import figures_for
from dashboards.figures.words import sections
from dashboards.periods import Period
from dashboards.reporting.releases.words import left_out
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
    for month in (1, 2, 2, 5):
        world.sollicitation(at(dt.date(2026, month, 3)), exploitation_place_id="59")
    report = figures_for(world.by, Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30)))
    charts = 0
    for section in sections(report):
        for item in section.drawn:
            assert [(point.label, point.value) for point in item.chart.points] == [
                (row.label, row.n) for row in item.rows
            ]
            charts += 1
    assert charts >= 8
