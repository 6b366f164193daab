from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from cms.journal.context import request_numbered
from cms.journal.models import JournalLine
from cms.journal.rights import rights_restore
from cms.journal.services import changes, journal_append, journal_read, partitions_ensure
from tests.journal.sql import as_owner, run, scope


def last() -> JournalLine:
    return JournalLine.objects.order_by("-id")[0]


def test_line_keeps_actor_object_and_request(actor):
    case_id = uuid4()
    with request_numbered("r-1"):
        journal_append(action="cases.case.close", kind="case", object_id=case_id, reason="majority", details={"n": 2})
    line = last()
    assert (line.actor_id, line.actor_system) == (actor, "")
    assert (line.action, line.object_kind, line.object_id) == ("cases.case.close", "case", case_id)
    assert (line.outcome, line.reason, line.details, line.request_id) == ("done", "majority", {"n": 2}, "r-1")
    assert (line.seq, line.hash) == (None, None)


def test_reading_and_system_actor(db):
    scope(system="figures")
    journal_read("case", None, details={"count": 12})
    line = last()
    assert (line.action, line.outcome, line.actor_system) == ("case.read", "read", "figures")
    assert line.details == {"count": 12}


def test_nobody_acting_writes_nothing_except_on_signing_in(db):
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        journal_append(action="cases.case.close")
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        journal_append(action="authority.x.close")
    journal_append(action="auth.login.failed", outcome="refused")
    scope(system="tests")
    assert last().action == "auth.login.failed"
    assert last().actor_id is None


@pytest.mark.parametrize("wrong", [{"action": "close"}, {"action": "Cases.close"}, {"outcome": "maybe"}])
def test_badly_formed_line_is_refused(actor, wrong):
    with pytest.raises(DatabaseError), transaction.atomic():
        journal_append(**{"action": "cases.case.close"} | wrong)


def test_line_goes_with_the_transaction_that_wrote_it(actor):
    before = JournalLine.objects.count()
    with transaction.atomic():
        journal_append(action="cases.case.close")
        transaction.set_rollback(True)
    assert JournalLine.objects.count() == before


@pytest.mark.parametrize(
    ("scoped", "sees"),
    [
        ({"roles": "{coordination,direction}"}, True),
        ({"roles": "{dpo}"}, True),
        ({"system": "retention"}, True),
        ({"roles": "{coordination,trainer}"}, False),
        ({"roles": "{}"}, False),
        ({}, False),
    ],
)
def test_who_reads_the_journal(actor, scoped, sees):
    journal_append(action="cases.case.close")
    scope(**({"user_id": actor} | scoped))
    assert JournalLine.objects.exists() is sees


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal_line (action, actor_system) VALUES ('cases.case.close', 'x')",
        "UPDATE journal_line SET reason = 'x'",
        "DELETE FROM journal_line",
        "TRUNCATE journal_line",
        "SELECT * FROM journal_line_default",
        "DELETE FROM journal_line_default",
        "SELECT * FROM journal_kind",
        "SELECT journal_kind_register('users.user', 'users_user')",
        "DROP TABLE journal_line_default",
        "SELECT setval('journal_line_id_seq', 1)",
        "UPDATE journal_month SET dropped_at = now()",
        "DELETE FROM journal_cut",
        "INSERT INTO journal_hold VALUES (gen_random_uuid(), '2026-01-01', 'justice', gen_random_uuid(), now())",
    ],
)
def test_application_has_no_other_door(actor, statement):
    with pytest.raises(ProgrammingError), transaction.atomic():
        run(statement)


READ_ONLY = {(f"journal_{name}", "SELECT") for name in ("line", "month", "cut", "hold")}


def rights_of_the_application() -> list[tuple]:
    return run(
        "SELECT c.relname, r FROM pg_class c,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS r"
        " WHERE c.relname ~ '^journal_(line|kind|month|cut|hold)' AND c.relkind IN ('r', 'p')"
        " AND has_table_privilege('havre_app', c.oid, r)"
    )


def test_application_may_only_read_the_whole_table(db):
    assert set(rights_of_the_application()) == READ_ONLY


def test_rights_given_on_every_table_are_taken_back(db):
    with as_owner():
        run("GRANT ALL ON ALL TABLES IN SCHEMA public TO havre_app")
        assert len(rights_of_the_application()) > len(READ_ONLY)
        rights_restore()
    assert set(rights_of_the_application()) == READ_ONLY


def test_functions_are_closed_to_others_and_hold_their_search_path(db):
    functions = run(
        "SELECT proname, has_function_privilege('pg_monitor', oid, 'EXECUTE'), array_to_string(proconfig, ' ')"
        " FROM pg_proc WHERE proname LIKE 'journal%%'"
    )
    assert len(functions) == 17
    for name, open_to_all, config in functions:
        assert not open_to_all, name
        assert "search_path=pg_catalog, public, pg_temp" in config, name


def test_coming_months_are_prepared_and_a_line_falls_in_its_own(actor):
    partitions_ensure()
    journal_append(action="cases.case.close")
    today = run("SELECT (now() AT TIME ZONE 'UTC')::date")[0][0]
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    names = {row[0] for row in run("SELECT inhrelid::regclass::text FROM pg_inherits")}
    for month in (today, following):
        assert f"journal_line_{month:%Y_%m}" in names
    held_by = run("SELECT tableoid::regclass::text FROM journal_line ORDER BY id DESC LIMIT 1")[0][0]
    assert held_by == f"journal_line_{today:%Y_%m}"


def test_a_far_month_is_not_prepared(db):
    with pytest.raises(DatabaseError, match="no partition"), transaction.atomic():
        run("SELECT journal_partition_ensure('2199-01-01')")


def test_changes_keep_codes_and_bare_names():
    before = {"status": "open", "département": "75", "name": "Awa", "note": "…", "other": 1}
    after = {"status": "closed", "département": "75", "name": "Binta", "note": "…", "other": 2}
    details = changes(before, after, ["status", "département"], ["note", "name"])
    assert details == {"coded": {"status": ["open", "closed"]}, "sealed": ["name"]}
    assert changes({}, after, ["status"], ["name"]) == {"coded": {"status": [None, "closed"]}, "sealed": ["name"]}
