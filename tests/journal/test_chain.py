import hashlib
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cms.journal.integrity import check, verify_journal
from cms.journal.models import JournalLine
from cms.journal.services import journal_append, journal_seal
from cms.journal.tasks import seal
from tests.journal.sql import as_owner, run, scope


@pytest.fixture
def lines(all_sealed) -> list[JournalLine]:
    """Four sealed lines, in order."""
    for n in range(4):
        journal_append(action="tests.drawer.open", object_id=uuid4(), details={"n": n, "où": "Évry"})
    assert journal_seal() == 4
    return list(JournalLine.objects.order_by("-seq")[:4])[::-1]


def tamper(statement: str, *values: object) -> None:
    with as_owner(triggers=False):
        run(statement, *values)


def problems() -> dict[int, str]:
    return {problem.seq: problem.what for problem in verify_journal()}


def test_sealing_numbers_and_chains_each_line_once(lines):
    assert journal_seal() == 0
    assert [line.seq for line in lines] == [lines[0].seq + n for n in range(4)]
    assert [line.details["n"] for line in lines] == [0, 1, 2, 3]
    for previous, line in zip(lines, lines[1:], strict=False):
        assert bytes(line.previous_hash) == bytes(previous.hash)
    canonical = run("SELECT journal_canonical(l) FROM journal_line l WHERE seq = %s", lines[1].seq)[0][0]
    assert bytes(lines[1].hash) == hashlib.sha256(bytes(lines[0].hash) + canonical.encode()).digest()
    assert problems() == {}


def test_canonical_text_does_not_depend_on_the_session(lines):
    texts = []
    for zone in ("Europe/Paris", "America/Cayenne"):
        run("SELECT set_config('TimeZone', %s, true)", zone)
        run("SELECT set_config('DateStyle', %s, true)", "SQL, DMY" if zone == "Europe/Paris" else "ISO")
        texts.append(run("SELECT journal_canonical(l) FROM journal_line l WHERE seq = %s", lines[0].seq))
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "assignment",
    [
        "reason = 'x'",
        "details = '{}'",
        "actor_id = gen_random_uuid()",
        "at = at + interval '1 microsecond'",
        "outcome = 'read'",
        "object_id = NULL",
        "request_id = 'x'",
        "hash = sha256('x')",
    ],
)
def test_changed_line_is_found(lines, assignment):
    tamper(f"UPDATE journal_line SET {assignment} WHERE seq = %s", lines[1].seq)
    assert lines[1].seq in problems()
    assert check() != []


def test_changed_line_that_is_sealed_again_breaks_the_next_one(lines):
    tamper("UPDATE journal_line SET reason = 'x' WHERE seq = %s", lines[1].seq)
    tamper(
        "UPDATE journal_line l SET hash = sha256(previous_hash || convert_to(journal_canonical(l), 'UTF8'))"
        " WHERE seq = %s",
        lines[1].seq,
    )
    assert problems() == {lines[2].seq: "elle ne suit pas la ligne précédente"}


def test_removed_line_is_found(lines):
    tamper("DELETE FROM journal_line WHERE seq = %s", lines[1].seq)
    assert list(problems()) == [lines[2].seq]


def test_exchanged_lines_are_found(lines):
    one, other = lines[1], lines[2]
    tamper("UPDATE journal_line SET seq = %s - seq WHERE seq IN (%s, %s)", one.seq + other.seq, one.seq, other.seq)
    assert {one.seq, other.seq} <= set(problems())


def test_copied_line_is_found(lines):
    tamper(
        "INSERT INTO journal_line (at, actor_id, action, seq, previous_hash, hash)"
        " SELECT at, actor_id, action, seq, previous_hash, hash FROM journal_line WHERE seq = %s",
        lines[1].seq,
    )
    assert lines[1].seq in problems()


def test_walk_sees_every_line_under_any_scope(lines):
    tamper("UPDATE journal_line SET reason = 'x' WHERE seq = %s", lines[1].seq)
    scope()
    assert list(problems()) == [lines[1].seq]
    assert run("SELECT current_setting('app.system', true)") == [("",)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_line SET reason = 'x'",
        "UPDATE journal_line SET seq = 1 WHERE hash IS NULL",
        "UPDATE journal_line SET seq = 9, previous_hash = '', hash = '', reason = 'x' WHERE hash IS NULL",
        "UPDATE journal_line SET hash = sha256('x') WHERE hash IS NOT NULL",
        "DELETE FROM journal_line",
        "TRUNCATE journal_line",
        "TRUNCATE journal_line_default",
    ],
)
def test_even_the_owner_is_stopped_by_the_guard(lines, statement):
    journal_append(action="tests.drawer.open")
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(statement)


def test_guard_stands_on_each_partition(lines):
    (partition,) = run("SELECT tableoid::regclass::text FROM journal_line WHERE seq = %s", lines[0].seq)[0]
    for statement in ("DELETE FROM {}", "UPDATE {} SET reason = 'x'", "TRUNCATE {}"):
        with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            run(statement.format(partition))


def test_minute_job_seals_as_the_journal_and_gives_the_actor_back(actor):
    journal_append(action="tests.drawer.open")
    seal(timestamp=0)
    assert not JournalLine.objects.unsealed().exists()
    assert run("SELECT current_setting('app.system', true), current_setting('app.user_id')") == [("", str(actor))]


def test_month_whose_lines_fell_in_the_default_partition_stays_there(actor):
    month = "date_trunc('month', now(), 'UTC') + interval '3 months' - interval '1 month'"
    (name,) = run(f"SELECT 'journal_line_' || to_char({month}, 'YYYY_MM')")[0]
    with as_owner():
        run(f"DROP TABLE IF EXISTS {name}")
        run(f"INSERT INTO journal_line (at, action, actor_system) SELECT {month}, 'tests.drawer.open', 'x'")
    run(f"SELECT journal_partition_ensure(({month})::date)")
    assert run("SELECT to_regclass(%s)::text", name) == [(None,)]
    assert journal_seal() >= 1
    assert problems() == {}
