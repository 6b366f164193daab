"""Attacks on what remains: reading without a line in the journal, pages left in the browser."""

import pytest
from django.urls import reverse

from cms.journal.models import JournalLine
from tests.cast.everything import all_rows
from tests.journal.sql import as_owner, run


@pytest.fixture
def found(db):
    return all_rows()


@pytest.fixture
def readings(acting_as):
    """How many times the journal says that a row was consulted."""

    def count(kind, row):
        with acting_as("direction"):
            return JournalLine.objects.filter(action=f"{kind}.read", object_id=row.pk).count()

    return count


@pytest.mark.parametrize(
    ("key", "kind", "row", "path"),
    [
        ("director_a", "incident", "incident_a", "/situations/incidents/{}/autorites/"),
        ("director_a", "proposal", "proposal_a", "/situations/propositions/{}/"),
    ],
)
def test_a_form_with_errors_does_not_read_without_a_trace(client_of, found, readings, key, kind, row, path):
    before = readings(kind, found[row])
    response = client_of(key).post(path.format(found[row].pk), {})
    assert response.status_code == 422
    assert readings(kind, found[row]) == before + 1


def test_an_action_of_the_admin_with_errors_leaves_its_trace_too(client_of, found, readings):
    before = readings("case", found["case_a"])
    response = client_of("coordination").post(reverse("cases_case:edit", args=[found["case_a"].pk]), {})
    assert response.status_code == 422
    assert readings("case", found["case_a"]) == before + 1


def test_a_page_that_is_not_found_is_not_said_to_be_read(client_of, found, readings):
    before = readings("incident", found["incident_b"])
    assert client_of("director_a").post(f"/situations/incidents/{found['incident_b'].pk}/", {}).status_code == 404
    assert readings("incident", found["incident_b"]) == before


@pytest.mark.parametrize(
    ("key", "row", "address_of"),
    [
        ("coordination", "case_a", lambda row: reverse("cases_case:inspect", args=[row.pk])),
        ("coordination", "case_a", lambda row: reverse("cases_case:list")),
        ("director_a", "incident_a", lambda row: f"/situations/incidents/{row.pk}/"),
        ("director_a", "proposal_a", lambda row: f"/situations/propositions/{row.pk}/"),
    ],
)
def test_what_cannot_be_written_is_not_shown(client_of, found, key, row, address_of):
    """The journal takes nothing any more, as when its disk is full: nobody reads without it."""
    client, said = client_of(key), str(found[row])
    address = address_of(found[row])
    client.raise_request_exception = False
    assert client.get(address).status_code == 200
    with as_owner():
        run("ALTER FUNCTION journal_append RENAME TO journal_append_gone")
    answer = client.get(address)
    assert answer.status_code == 500
    assert said not in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("gendarme", "/situations/demandes/"),
        ("director_a", "/situations/sejours/"),
        ("director_a", "/mon-compte/"),
        ("trainer", "/api/v1/formation/attendance/"),
        ("coordination", "/admin/"),
    ],
)
def test_a_shared_computer_keeps_no_page(client_of, key, path):
    assert "no-store" in client_of(key).get(path)["Cache-Control"]
