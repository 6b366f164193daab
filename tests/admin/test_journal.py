"""The journal as the direction and data protection read it: words and references, one file, a workbook."""

import io
import re

import openpyxl
import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.backoffice.journal.selectors import kinds
from cms.journal.models import JournalLine
from cms.journal.services import journal_append
from tests import database

PAGE = "havre_journal:index"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")


@pytest.fixture
def told(files, cast, acting_as):
    """Lines about two files and a request, written by two people."""
    with acting_as("coordination"):
        journal_append(action="cases.case.read", kind="case", object_id=files["case_a"].pk)
        journal_append(action="cases.placement.read", kind="placement", object_id=files["placement_a"].pk)
    with acting_as("direction"):
        journal_append(action="cases.case.read", kind="case", object_id=files["case_b"].pk)
    return files


def test_each_kind_leads_to_its_own_table(db):
    with psycopg.connect(database.owner_url(connection.settings_dict["NAME"])) as owner:
        tables = dict(owner.execute("SELECT kind, table_name FROM journal_kind").fetchall())
    found = {kind: model._meta.db_table for kind, model in kinds().items() if kind in tables}
    assert found == tables


def cells(page: str) -> str:
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_a_line_is_said_in_words_with_the_reference_of_its_file(client_of, told):
    said = cells(client_of("direction").get(reverse(PAGE)).content.decode())
    assert f"Situation {told['case_a'].reference}" in said
    assert f"Séjour {told['case_a'].reference}" in said
    assert not UUID.search(said)
    assert "placement" not in said


def test_one_file_and_one_person(client_of, cast, told):
    direction = client_of("direction")
    said = cells(direction.get(reverse(PAGE), {"reference": told["case_a"].reference.lower()}).content.decode())
    assert told["case_a"].reference in said
    assert "Séjour" in said
    assert told["case_b"].reference not in said
    both = {"reference": told["case_b"].reference, "actor_id": cast["coordination"].pk}
    said = cells(direction.get(reverse(PAGE), both).content.decode())
    assert str(cast["direction"]) not in said
    both["actor_id"] = cast["direction"].pk
    said = cells(direction.get(reverse(PAGE), both).content.decode())
    assert f"Situation {told['case_b'].reference}" in said
    assert str(cast["coordination"]) not in said
    assert "Aucune ligne" in cells(direction.get(reverse(PAGE), {"reference": "S-0000"}).content.decode())


def test_the_workbook_says_the_same_and_leaves_a_line(client_of, told, acting_as):
    asked = {"reference": told["case_a"].reference}
    response = client_of("direction").post(reverse("havre_journal:export"), asked)
    assert response.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[4] for row in rows} == {told["case_a"].reference}
    assert not UUID.search(str(rows))
    with acting_as("dpo"):
        line = JournalLine.objects.get(action="journal.export")
    assert line.details == {"rows": len(rows), "filters": {"reference": "donnée"}}


def test_others_take_nothing_out(client_of):
    assert client_of("coordination").post(reverse("havre_journal:export")).status_code == 404


def test_lines_cost_no_query_each(client_of, told, acting_as):
    direction = client_of("direction")
    counts = []
    for _ in range(2):
        direction.get(reverse(PAGE))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            direction.get(reverse(PAGE))
        counts.append(len(queries))
        with acting_as("coordination"):
            for _ in range(20):
                journal_append(action="cases.case.read", kind="case", object_id=told["case_a"].pk)
    assert counts[1] <= counts[0]
