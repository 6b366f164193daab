"""« Qui a fait quoi »: the coordination reads it on the files that it sees, and nobody else does."""

import pytest
from django.urls import reverse

from cms.journal.models import JournalLine
from cms.journal.selectors import journal_about
from cms.wall import scope


@pytest.mark.parametrize("key", ["coordination", "direction"])
def test_the_history_names_people_and_actions(client_of, files, key):
    text = client_of(key).get(reverse("cases_case:history", args=[files["case_a"].pk])).content.decode()
    for said in ("Claire Vasseur", "situation ouverte", "identité écrite sous scellé", "consultation"):
        assert said in text
    assert "MARQUEUR" not in text
    assert "cases.case" not in text


@pytest.mark.parametrize("key", ["director_a", "gendarme", "ase", "editor", "dpo", "tech_admin", "state_reader"])
def test_nobody_else_reads_it_there(files, acting_as, key):
    with acting_as(key):
        for name in ("case_a", "sollicitation_a", "placement_a", "incident_a"):
            row = files[name]
            assert journal_about(row._meta.model_name, row.pk, limit=10) == []


def test_without_a_scope_nothing_is_read(files, acting_as):
    with acting_as("coordination"):
        assert journal_about("case", files["case_a"].pk, limit=10)
    assert scope.current().user_id is None
    assert journal_about("case", files["case_a"].pk, limit=10) == []


@pytest.mark.parametrize("kind", ["user", "journal", "case'; --", ""])
def test_a_kind_that_cannot_be_checked_tells_nothing(files, acting_as, kind):
    with acting_as("coordination"):
        assert journal_about(kind, files["proposal_a"].pk, limit=10) == []


def test_the_journal_itself_stays_closed_to_the_coordination(files, acting_as):
    with acting_as("coordination"):
        assert not JournalLine.objects.exists()


def test_its_length_is_bounded(files, acting_as):
    with acting_as("coordination"):
        traces = journal_about("case", files["case_a"].pk, limit=2)
    assert len(traces) == 2
    assert traces[0].at >= traces[1].at
