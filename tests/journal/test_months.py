"""Months that leave the journal: what keeps them, who agrees, and what the chain still proves afterwards."""

import datetime as dt
import threading
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from cms.journal.integrity import check, verify_journal
from cms.journal.models import JournalCut, JournalHold, JournalLine, JournalMonth
from cms.journal.months import hold_lift, hold_place, month_approve, month_drop, month_obstacle, month_prepare
from cms.journal.services import journal_append, journal_seal
from cms.journal.tasks import months
from cms.values.services import setting_change
from tests import database
from tests.journal.sql import as_owner, run, scope

DIRECTION, DPO = uuid4(), uuid4()


def months_ago(number: int) -> dt.date:
    today = dt.datetime.now(dt.UTC).date()
    rank = today.year * 12 + today.month - 1 - number
    return dt.date(rank // 12, rank % 12 + 1, 1)


def partition(month: dt.date) -> str:
    """What the job would have prepared at the time."""
    name, following = f"journal_line_{month:%Y_%m}", months_after(month)
    with as_owner():
        run(f"CREATE TABLE {name} (LIKE journal_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        run(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        run(
            f"ALTER TABLE journal_line ATTACH PARTITION {name}"
            f" FOR VALUES FROM ('{month} 00:00+00') TO ('{following} 00:00+00')"
        )
    return name


def months_after(month: dt.date) -> dt.date:
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)


def write(month: dt.date, *, count: int = 1) -> None:
    """Lines of that month, as they stood before they were sealed."""
    with as_owner():
        for _ in range(count):
            run(
                "INSERT INTO journal_line (at, action, actor_system) VALUES (%s, 'tests.drawer.open', 'x')",
                f"{month} 12:00+00",
            )


@pytest.fixture
def past(db):
    """An empty journal, then two sealed months past the delay, and today's first line."""
    with as_owner(triggers=False):
        run("DELETE FROM journal_line")
    old, next_old = months_ago(15), months_ago(14)
    for month in (old, next_old):
        partition(month)
        write(month, count=3)
    scope(user_id=DIRECTION, roles="{direction}")
    journal_append(action="tests.drawer.open")
    journal_seal()
    return old, next_old


def prepared() -> JournalMonth:
    month_prepare()
    return JournalMonth.objects.waiting().get()


def agree(month: JournalMonth) -> None:
    for user_id, role in ((DIRECTION, "direction"), (DPO, "dpo")):
        scope(user_id=user_id, roles=f"{{{role}}}")
        month_approve(month=month)


@pytest.fixture
def dropped(past):
    agree(prepared())
    months(timestamp=0)
    journal_seal()
    return JournalMonth.objects.dropped().get()


def tamper(statement: str, *values: object) -> None:
    with as_owner(triggers=False):
        run(statement, *values)


def test_the_oldest_month_leaves_once_two_people_agreed(past):
    month = prepared()
    assert (month.month, month.line_count, month.first_seq, month.last_seq) == (past[0], 3, 1, 3)
    agree(month)
    months(timestamp=0)
    journal_seal()
    assert run("SELECT to_regclass(%s)", f"journal_line_{past[0]:%Y_%m}") == [(None,)]
    month.refresh_from_db()
    assert month.dropped_at
    cut = JournalCut.objects.get()
    assert (cut.first_seq, cut.last_seq, bytes(cut.hash)) == (1, 3, bytes(month.closing_hash))
    assert check() == []
    line = JournalLine.objects.get(action="journal.month.drop")
    assert line.details["cuts"] == [[1, 3, bytes(cut.hash).hex()]]
    assert JournalMonth.objects.waiting().get().month == past[1]  # the next one is proposed at once


def test_nothing_leaves_before_both_agreed(past):
    month = prepared()
    for user_id, role in ((DIRECTION, "direction"), (DPO, "dpo")):
        months(timestamp=0)
        assert JournalLine.objects.filter(at__lt=f"{past[1]} 00:00+00").count() == 3
        scope(user_id=user_id, roles=f"{{{role}}}")
        month_approve(month=month)
    months(timestamp=0)
    assert not JournalLine.objects.filter(at__lt=f"{past[1]} 00:00+00").exists()


def test_one_person_holding_both_roles_agrees_once(past):
    month = prepared()
    scope(user_id=DIRECTION, roles="{direction,dpo}")
    month_approve(month=month)
    with pytest.raises(ValidationError, match="n’attend plus"):
        month_approve(month=month)
    scope(user_id=DIRECTION, roles="{direction}")
    with pytest.raises(ValidationError, match="déjà donné"):
        month_approve(month=month)


@pytest.mark.parametrize("roles", ["{coordination}", "{tech_admin}", "{}"])
def test_nobody_else_agrees_or_holds(past, roles):
    month = prepared()
    scope(user_id=uuid4(), roles=roles)
    for deed in (lambda: month_approve(month=month), lambda: hold_place(from_month=past[0], reason="justice")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


@pytest.mark.parametrize("call", ["journal_month_drop(%s)", "journal_month_prepare()"])
def test_a_person_neither_drops_nor_prepares(past, call):
    month = prepared()
    agree(month)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(f"SELECT {call}", *([month.pk] if "%s" in call else []))


def test_the_second_month_waits_for_the_first(past):
    assert month_obstacle(past[1]).startswith("Un mois plus ancien")
    assert month_obstacle(past[0]) == ""


def test_a_month_within_the_delay_stays_whatever_the_setting_says(past):
    setting_change(key="journal.months_kept", value=20, changed_by_id=None)
    assert month_obstacle(past[0]).startswith("Ce mois n’a pas dépassé")
    for value in (5, 37):
        with pytest.raises(ValidationError):
            setting_change(key="journal.months_kept", value=value, changed_by_id=None)
    setting_change(key="journal.months_kept", value=6, changed_by_id=None)
    assert month_obstacle(past[0]) == ""
    with as_owner():
        run("UPDATE values_settingversion SET value = '0' WHERE key = 'journal.months_kept'")
    assert month_obstacle(months_ago(5)).startswith("Ce mois n’a pas dépassé")


def test_a_month_with_a_line_not_yet_sealed_stays(past):
    write(past[0])
    assert month_obstacle(past[0]).startswith("Des lignes de ce mois")


def test_the_last_sealed_line_stays(past):
    with as_owner(triggers=False):
        run("DELETE FROM journal_line WHERE at >= %s", f"{past[1]} 00:00+00")
    assert month_obstacle(past[0]).startswith("Ce mois porte la dernière")


def test_a_hold_keeps_every_month_from_its_own_until_it_is_lifted(past):
    month = prepared()
    agree(month)
    hold_place(from_month=past[0], reason="justice")
    assert month_obstacle(past[0]).startswith("Une conservation forcée")
    with pytest.raises(DatabaseError), transaction.atomic():
        month_drop(month.pk)
    scope(user_id=DPO, roles="{dpo}")
    hold_lift(hold_id=JournalHold.objects.get().pk)
    month_drop(month.pk)
    assert check() == []


def test_a_hold_on_a_later_month_keeps_nothing_before_it(past):
    hold_place(from_month=past[1], reason="control")
    assert month_obstacle(past[0]) == ""


def test_what_changed_since_the_agreement_stays(past):
    month = prepared()
    agree(month)
    write(past[0])
    journal_seal()
    with pytest.raises(DatabaseError, match="not what was agreed"), transaction.atomic():
        month_drop(month.pk)
    assert JournalLine.objects.filter(at__lt=f"{past[1]} 00:00+00").count() == 4


def test_months_sealed_out_of_order_leave_one_after_the_other(db):
    """A line of the old month sealed after lines of the next one: the ranks of a month are no longer one run."""
    with as_owner(triggers=False):
        run("DELETE FROM journal_line")
    old, next_old = months_ago(15), months_ago(14)
    partition(old)
    partition(next_old)
    for month in (old, next_old, old, next_old, old):
        write(month, count=2)
        journal_seal()
    scope(user_id=DIRECTION, roles="{direction}")
    journal_append(action="tests.drawer.open")
    journal_seal()
    for ranks in ([(1, 2), (5, 6), (9, 10)], [(3, 4), (7, 8)]):
        month = prepared()
        agree(month)
        months(timestamp=0)
        journal_seal()
        assert list(month.cuts.order_by("first_seq").values_list("first_seq", "last_seq")) == ranks
        assert check() == []
    assert JournalLine.objects.order_by("seq").first().seq == 11


def test_lines_that_fell_in_the_default_partition_leave_with_their_month(db):
    with as_owner(triggers=False):
        run("DELETE FROM journal_line")
    old, next_old = months_ago(15), months_ago(14)
    write(old, count=2)
    write(next_old, count=2)
    scope(user_id=DIRECTION, roles="{direction}")
    journal_append(action="tests.drawer.open")
    journal_seal()
    agree(prepared())
    months(timestamp=0)
    journal_seal()
    assert JournalLine.objects.filter(at__lt=f"{months_after(next_old)} 00:00+00").count() == 2
    assert check() == []
    with as_owner(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run("DELETE FROM journal_line_default")


def test_a_journal_that_does_not_verify_keeps_everything(past):
    agree(prepared())
    tamper("UPDATE journal_line SET reason = 'x' WHERE seq = 2")
    with pytest.raises(RuntimeError, match="ne se vérifie pas"):
        months(timestamp=0)
    assert not JournalMonth.objects.dropped().exists()


# What the owner of the database could do afterwards.


def test_a_month_torn_off_without_any_agreement_is_found(past):
    with as_owner(triggers=False):
        run(f"ALTER TABLE journal_line DETACH PARTITION journal_line_{past[0]:%Y_%m}")
    assert [problem.seq for problem in verify_journal()] == [4]


def test_a_month_torn_off_with_forged_agreements_is_found(past):
    with as_owner(triggers=False):
        ((previous_hash, digest),) = run(
            "SELECT (SELECT previous_hash FROM journal_line WHERE seq = 1), hash FROM journal_line WHERE seq = 3"
        )
        run(
            "INSERT INTO journal_month SELECT gen_random_uuid(), %s, 1, 3, 3, %s, now(), %s, now(), %s, now(), now()",
            past[0],
            digest,
            DIRECTION,
            DPO,
        )
        run(
            "INSERT INTO journal_cut (id, month_id, first_seq, last_seq, previous_hash, hash)"
            " SELECT gen_random_uuid(), id, 1, 3, %s, %s FROM journal_month",
            previous_hash,
            digest,
        )
        run(f"ALTER TABLE journal_line DETACH PARTITION journal_line_{past[0]:%Y_%m}")
    assert list(verify_journal()) == []
    assert check() == [f"mois {past[0]:%m/%Y} : le journal ne porte pas l’accord des deux personnes"]


def test_a_forged_closing_hash_is_found(dropped):
    tamper("UPDATE journal_cut SET hash = sha256('x')")
    assert 4 in {problem.seq for problem in verify_journal()}
    assert any("n’est pas ce que le journal a noté" in problem for problem in check())


def test_a_forged_closing_hash_with_the_chain_written_again_is_found_by_the_anchor(dropped, settings, tmp_path):
    last = JournalLine.objects.order_by("-seq").first()
    settings.HAVRE_ANCHORS = str(tmp_path / "anchors.txt")
    (tmp_path / "anchors.txt").write_text(
        f"{dt.datetime.now(dt.UTC).isoformat()} 3 {bytes(dropped.closing_hash).hex()} 3\n"
        f"{dt.datetime.now(dt.UTC).isoformat()} {last.seq} {bytes(last.hash).hex()} 9\n"
    )
    assert check() == []
    tamper("UPDATE journal_cut SET hash = sha256('x')")
    assert any("n’est pas celle de l’ancre" in problem for problem in check())


def test_a_cut_that_swallows_one_more_line_is_found(dropped):
    tamper("UPDATE journal_cut SET last_seq = 4")
    assert check() != []


def test_a_removed_agreement_is_found(dropped):
    tamper("UPDATE journal_month SET dropped_at = NULL")
    assert check() == [f"mois {dropped} : ses lignes ont été retirées sans l’accord de deux personnes"]


@contextmanager
def connected(name: str):
    with psycopg.connect(database.owner_url(name), autocommit=True) as other:
        yield other


def test_a_drop_that_is_killed_in_the_middle_leaves_the_month_whole(committed):
    name = committed
    old = months_ago(15)
    with transaction.atomic():
        scope(user_id=DIRECTION, roles="{direction}")
        with as_owner(triggers=False):
            run("DELETE FROM journal_line")
        partition(old)
        write(old, count=2)
        journal_append(action="tests.drawer.open")
        journal_seal()
        month = prepared()
        agree(month)
    started, killed = threading.Event(), threading.Event()

    def drop() -> None:
        with psycopg.connect(database.owner_url(name)) as other:
            other.execute("SET ROLE havre_app")
            other.execute("SELECT scope_enter_system('journal')")
            other.execute("SELECT journal_month_drop(%s)", [month.pk])
            started.backend = other.info.backend_pid
            started.set()
            killed.wait(30)
            with pytest.raises(psycopg.OperationalError):
                other.execute("SELECT 1")

    thread = threading.Thread(target=drop)
    thread.start()
    assert started.wait(30)
    with connected(name) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [started.backend])
    killed.set()
    thread.join(30)
    with transaction.atomic():
        scope(system="journal")
        assert JournalLine.objects.filter(at__lt=f"{months_after(old)} 00:00+00").count() == 2
        assert not JournalCut.objects.exists()
        assert check() == []
        month_drop(month.pk)
        journal_seal()
        assert check() == []
    connection.close()
