from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cms.journal.models import JournalLine
from cms.journal.services import refusal_queue, refusals_take, refusals_write
from tests.journal.sql import as_owner, run


def test_refusals_wait_for_the_end_of_the_request_and_are_taken_once():
    one, other = uuid4(), uuid4()
    refusal_queue("tests.drawer", one, "tests.drawer.read")
    refusal_queue("tests.drawer", other, "tests.drawer.change")
    assert [refusal.object_id for refusal in refusals_take()] == [one, other]
    assert refusals_take() == ()


def test_refusal_is_written_when_the_hidden_row_exists(actor, drawer):
    refusal_queue("tests.drawer", drawer, "tests.drawer.read")
    refusals_write(refusals_take())
    line = JournalLine.objects.about("tests.drawer", drawer).get()
    assert (line.outcome, line.action, line.actor_id) == ("refused", "tests.drawer.read", actor)


def test_nothing_is_written_when_no_row_exists_and_the_answer_is_the_same(actor, drawer):
    absent = uuid4()
    answers = [run("SELECT journal_refuse('tests.drawer', %s, 'tests.drawer.read', '')", i) for i in (drawer, absent)]
    assert answers[0] == answers[1] == [("",)]
    assert not JournalLine.objects.about("tests.drawer", absent).exists()


def test_unknown_kind_is_an_error_of_the_program(actor):
    with pytest.raises(DatabaseError, match="not registered"), transaction.atomic():
        run("SELECT journal_refuse('tests.unknown', %s, 'tests.unknown.read', '')", uuid4())


def test_kind_of_a_table_that_does_not_exist_is_not_registered(db):
    with as_owner(), pytest.raises(DatabaseError, match="no table"), transaction.atomic():
        run("SELECT journal_kind_register('tests.ghost', 'ghost')")
