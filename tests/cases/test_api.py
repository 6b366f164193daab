"""What another software reads of requests, situations, stays and incidents: codes and dates, under the same wall."""

import pytest
from django.db import connection

from cases.models import Case, Incident, Placement, Sollicitation
from cms.wall import scope
from tests.api.reading import everything
from tests.wall.expectations import MARKERS

PREFIXES = ("requests", "cases", "orientations", "proposals", "stays", "absences", "reviews", "incidents")
NEVER = {
    "birth_year", "birth_month", "birth_date", "nationality_zone", "person_key", "current_place", "safe_until",
    "place", "narrative", "sheet", "note", "condition", "submitted_by", "decided_by", "answered_by", "declared_by",
    "detail",    "last_name", "first_name", "address",
}  # fmt: skip
"""What would tell who a minor is, where, or what somebody wrote."""


def rows_of(browser, prefix):
    return everything(browser, f"/api/v1/{prefix}/")


def test_no_column_says_who_nor_where_nor_a_word(client_of, files):
    browser = client_of("coordination")
    for prefix in PREFIXES:
        rows = rows_of(browser, prefix)
        assert not NEVER & {name for row in rows for name in row}, prefix
    # Whoever has the right to read what is sealed reads none of it here.
    text = "".join(browser.get(f"/api/v1/{prefix}/").content.decode() for prefix in PREFIXES)
    assert [marker for marker in MARKERS if marker in text] == []


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("coordination", {"requests": 4, "cases": 3, "proposals": 4, "stays": 2}),
        ("director_a", {"requests": 0, "cases": 1, "proposals": 2, "stays": 1}),
        ("educator_a", {"requests": 0, "cases": 1, "proposals": 0, "stays": 1}),
        ("gendarme", {"requests": 1, "cases": 0, "proposals": 0, "stays": 1}),
        ("trainee", {"requests": 0, "cases": 0, "proposals": 0, "stays": 0}),
    ],
)
def test_each_reads_the_rows_that_the_wall_gives(client_of, files, key, counts):
    browser = client_of(key)
    assert {prefix: len(rows_of(browser, prefix)) for prefix in counts} == counts


def test_a_link_to_what_is_hidden_is_empty(client_of, files):
    """The service that asked reads the stay; neither the file of the minor nor the structure is opened to it."""
    [stay] = rows_of(client_of("gendarme"), "stays")
    assert stay["id"] == str(files["placement_a"].pk)
    assert stay["case"] is None
    [stay] = rows_of(client_of("director_a"), "stays")
    assert stay["case"] == {"id": str(files["case_a"].pk), "name": files["case_a"].reference}
    assert stay["partner"]["name"] == "Les Tilleuls"


def test_a_filter_by_what_is_hidden_tells_nothing(client_of, files):
    address = f"/api/v1/stays/?case={files['case_a'].pk}"
    assert everything(client_of("gendarme"), address) == []
    assert len(everything(client_of("director_a"), address)) == 1


def test_a_confidential_incident_is_never_given(client_of, files, acting_as):
    with acting_as("coordination"):
        kept = set(Incident.objects.filter(is_confidential=True).values_list("pk", flat=True))
    assert kept
    for key in ("coordination", "educator_a"):
        browser = client_of(key)
        assert not {str(pk) for pk in kept} & {row["id"] for row in rows_of(browser, "incidents")}
        assert {browser.get(f"/api/v1/incidents/{pk}/").status_code for pk in kept} == {404}


def test_rows_of_test_are_left_out(client_of, files, acting_as):
    with acting_as("coordination"):
        Case.objects.filter(pk=files["case_a"].pk).update(is_test=True)
        Sollicitation.objects.filter(pk=files["sollicitation_a"].pk).update(is_test=True)
        assert Placement.objects.filter(case=files["case_a"]).exists()
    browser = client_of("coordination")
    assert str(files["case_a"].pk) not in {row["id"] for row in rows_of(browser, "cases")}
    assert str(files["sollicitation_a"].pk) not in {row["id"] for row in rows_of(browser, "requests")}
    assert str(files["placement_a"].pk) not in {row["id"] for row in rows_of(browser, "stays")}


def test_each_reading_is_in_the_journal(client_of, files, cast):
    browser = client_of("coordination")
    browser.get(f"/api/v1/cases/{files['case_a'].pk}/")
    browser.get("/api/v1/stays/")
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, object_id, details->>'count' FROM journal_line WHERE actor_id = %s AND outcome = 'read'",
            [cast["coordination"].pk],
        )
        lines = cursor.fetchall()
    assert ("case.read", files["case_a"].pk, None) in lines
    assert ("placement.read", None, "2") in lines
