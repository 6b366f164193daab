"""The steering of the coordination: heat map, filters, workbook; the same figures everywhere."""

import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import version_in_force
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from cms.wall import scope
from referentiel.models import PlanStep
from referentiel.steering.panels import steering_figures
from referentiel.steering.selectors import heat_map, summary_of
from referentiel.visits.selectors.marks import confirmed_by_partner, confirmed_marks
from tests.cast.readings import read_whole
from tests.cast.visits import confirmed, person, sent_assessment
from tests.costs import counted
from tests.referentiel.test_admin import _structure

TODAY = dt.date.today()
STEERING = "/admin/referentiel/pilotage/"


@pytest.fixture
def marked(db):
    """Les Tilleuls says 3 on E1.3 and « non concerné » on E1.7; the coordination confirmed 2 on E1.3."""
    sent_assessment()
    return confirmed("E1.3", "2")


def row_of(found, name="Les Tilleuls"):
    return next(row for row in found.rows if row.partner.code_name == name)


def test_what_a_structure_says_and_what_is_confirmed_stand_apart(acting_as, marked):
    with acting_as("coordination"):
        found = heat_map()
    row = row_of(found)
    assert (row.own["E1.3"], row.confirmed["E1.3"]) == ("3", "2")
    assert (row.own["E1.7"], row.confirmed.get("E1.7")) == ("nc", None)
    assert (row.low_own, row.low_confirmed) == (0, 1)
    assert (found.own_low["E1.3"], found.confirmed_low["E1.3"]) == (0, 1)
    assert row_of(found, "Aubépine").own == {}


def test_chapter_and_level_choose_the_exigences(acting_as, marked):
    with acting_as("coordination"):
        found = heat_map(chapter="E", level="imperative")
    assert {column.chapter for column in found.columns} == {"E"}
    assert all(column.is_imperative for column in found.columns)


def test_only_problems_keeps_who_has_one(acting_as, marked):
    with acting_as("coordination"):
        names = [row.partner.code_name for row in heat_map(only_problems=True).rows]
        assert "Les Tilleuls" in names
        assert all(row.has_problem for row in heat_map(only_problems=True).rows)


def test_an_action_whose_day_is_past_is_late(acting_as, marked):
    with acting_as("coordination"):
        due_on = PlanStep.objects.get(assessment__partner__code_name="Les Tilleuls").due_on
        late = heat_map(on=due_on + dt.timedelta(days=1))
        assert (row_of(late).late_steps, row_of(heat_map()).late_steps) == (1, 0)
        assert summary_of(late.rows).late_steps == 1


def test_the_page_says_both_marks_in_words_and_not_by_colour_alone(client_of, marked):
    html = client_of("coordination").get(STEERING).content.decode()
    assert '<td class="m-2 is-held">3 C2</td>' in html
    assert '<td class="m-nc">NC</td>' in html
    assert re.search(r'<th scope="row"><a href="/referentiel/evaluations/[^"]+">Les Tilleuls</a></th>', html)
    assert 'scope="col"><abbr title="' in html


def test_the_page_its_workbook_and_the_page_of_the_partner_agree(client_of, acting_as, marked):
    response = client_of("coordination").get(f"{STEERING}?export=xlsx")
    assert response["Content-Type"].startswith("application/vnd.openxmlformats")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    headings, *rows = list(sheet.iter_rows(values_only=True))
    line = dict(zip(headings, next(row for row in rows if row[0] == "Les Tilleuls"), strict=True))
    assert (line["E1.3 (structure)"], line["E1.3 (confirmée)"], line["E1.7 (structure)"]) == (3, 2, "NC")
    assert line["Impératives sous 3 (confirmées)"] == 1
    with acting_as("director_a"):
        own = heat_map(structures=Partner.objects.filter(code_name="Les Tilleuls"))
        assert (row_of(own).own["E1.3"], row_of(own).confirmed["E1.3"]) == ("3", "2")
    with acting_as("direction"):
        found = JournalLine.objects.get(action="referentiel.steering.export")
        assert found.details["rows"] == len(rows)


@pytest.mark.parametrize("key", ["editor", "trainer", "dpo", "tech_admin"])
def test_nobody_else_steers(client_of, key):
    assert client_of(key).get(STEERING).status_code == 404
    assert client_of(key).get(f"{STEERING}?export=xlsx").status_code == 404


def test_a_director_sees_the_marks_of_no_other_house(acting_as, marked):
    with acting_as("director_b"):
        found = heat_map(structures=Partner.objects.structures())
    assert all(not row.own and not row.confirmed for row in found.rows)


@pytest.mark.parametrize("query", ["?region=zz", "?campaign=zz", "?chapter=zz", "?level=zz", "?p=zz", "?problems=zz"])
def test_a_filter_that_is_none_is_no_error(client_of, query):
    assert client_of("coordination").get(STEERING + query).status_code == 200


def test_filters_keep_the_structures_asked(client_of, marked):
    client = client_of("coordination")
    with scope.acting(person("coordination")):
        region = Partner.objects.get(code_name="Aubépine").territory.region_id
    html = client.get(f"{STEERING}?region={region}").content.decode()
    assert "Aubépine" in html
    assert "Les Tilleuls" not in html.split("<main")[1], "the strip above may name it: it rings"


def test_the_map_costs_the_same_at_every_size(acting_as, marked, django_assert_max_num_queries):
    counts = []
    for size in (1, 6):
        with acting_as("coordination"):
            for number in range(size):
                _structure(f"Structure {size}-{number}")
            with django_assert_max_num_queries(20) as queries:
                heat_map()
        counts.append(len(counted(queries.captured_queries)))
    assert counts[0] == counts[1]


def test_the_home_page_says_what_the_steering_says(acting_as, cast, client_of):
    sent_assessment()
    day = dt.date.today()
    with acting_as("director_a"):
        version, house = version_in_force("referentiel"), Partner.objects.get(code_name="Les Tilleuls")
        read_whole(cast["director_a"], version, house)
        acknowledgement_sign(version=version, partner=house, signed_by=cast["director_a"], position="Directrice")
    with acting_as("coordination"):
        with CaptureQueriesContext(connection) as queries:
            found = steering_figures(day)
        assert len(queries) == 1
        rows = heat_map(on=day).rows
        summary = summary_of(rows)
        assert (found.structures, found.people, found.readers) == (
            summary.structures, summary.people, summary.readers
        )  # fmt: skip
        assert (found.signed, found.readers, found.late_steps) == (1, 1, summary.late_steps)
        later = day + dt.timedelta(days=400)
        assert steering_figures(later).late_steps == summary_of(heat_map(on=later).rows).late_steps > 0
    html = client_of("coordination").get("/admin/veille/semaine/").content.decode()
    assert "1 structure sur 2 a signé la version 1.0" in html


def test_marks_gathered_at_once_are_the_latest_of_each_exigence(acting_as):
    confirmed("E1.3", "2")
    confirmed("E1.3", "4")
    confirmed("E1.7", "3")
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Les Tilleuls")
        expected = dict(confirmed_marks().filter(partner=house).values_list("code", "value"))
        assert confirmed_by_partner([house.pk]) == {house.pk: expected}
        assert expected["E1.3"] == "4"
