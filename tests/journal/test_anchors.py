"""What the owner of the database could do to the chain, told by the anchors kept outside it."""

import stat
from uuid import uuid4

import pytest
from django.core import mail

from cms.journal.anchors import anchor_now, anchors_read
from cms.journal.integrity import check, verify_journal
from cms.journal.services import journal_append, journal_seal
from cms.operations.tasks import anchor
from tests.journal.sql import as_owner, run, scope


@pytest.fixture
def anchored(settings, tmp_path, actor, all_sealed):
    """A file with the anchor of a chain of four lines at least; answers the rank of the last."""
    settings.HAVRE_ANCHORS = str(tmp_path / "anchors.txt")
    for _ in range(4):
        journal_append(action="tests.drawer.open", object_id=uuid4())
    anchor(timestamp=0)
    scope(user_id=actor, roles="{direction}")  # the job acted as itself, and gave back what it knew of
    return anchors_read()[-1].seq


def tamper(statement: str, *values: object) -> None:
    with as_owner(triggers=False):
        run(statement, *values)


def test_each_night_adds_a_line_that_its_owner_alone_reads(anchored, settings, tmp_path):
    journal_append(action="tests.drawer.open")
    anchor(timestamp=0)
    first, second = anchors_read()
    assert (first.seq, second.seq) == (anchored, anchored + 1)
    assert second.hash == anchor_now().hash
    with as_owner():
        assert run("SELECT count(*) FROM journal_line WHERE hash IS NOT NULL") == [(second.count,)]
    assert stat.S_IMODE((tmp_path / "anchors.txt").stat().st_mode) == 0o600
    assert check() == []


def test_data_protection_alone_receives_the_anchor(anchored):
    assert [message.to for message in mail.outbox] == [["dpo@havre.example"]]
    assert anchors_read()[0].hash.hex() in mail.outbox[0].body


def test_no_file_no_comparison(anchored, settings):
    tamper("DELETE FROM journal_line WHERE seq = %s", anchored)
    settings.HAVRE_ANCHORS = ""
    assert check() == []


def test_cut_at_the_end_is_found(anchored):
    tamper("DELETE FROM journal_line WHERE seq >= %s", anchored - 1)
    assert list(verify_journal()) == []
    (problem,) = check()
    assert problem.startswith(f"ligne {anchored - 1} : la fin du journal manque")
    assert problem.endswith(f"atteste la ligne {anchored}")


def test_emptied_journal_is_found(anchored):
    tamper("DELETE FROM journal_line")
    assert check()[0].startswith("ligne 1 : la fin du journal manque")


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE journal_line SET reason = 'x' WHERE seq = {first}",
        "DELETE FROM journal_line WHERE seq = {first}",
        "UPDATE journal_line SET at = at + interval '1 hour' WHERE seq = {first}",
    ],
)
def test_chain_changed_then_sealed_whole_again_is_found(anchored, deed):
    tamper(deed.format(first=anchored - 2))
    tamper("UPDATE journal_line SET seq = NULL, previous_hash = NULL, hash = NULL")
    journal_append(action="tests.drawer.open")
    journal_seal()
    assert list(verify_journal()) == []
    (problem,) = check()
    assert problem.startswith(f"ligne {anchored} : son empreinte n’est pas celle de l’ancre")


def test_reordered_chain_sealed_again_is_found(anchored):
    tamper(
        "UPDATE journal_line l SET object_id = o.object_id FROM journal_line o"
        " WHERE l.seq IN (%s, %s) AND o.seq = %s - l.seq",
        anchored - 1,
        anchored - 2,
        2 * anchored - 3,
    )
    tamper("UPDATE journal_line SET seq = NULL, previous_hash = NULL, hash = NULL")
    journal_seal()
    assert list(verify_journal()) == []
    assert [problem.split(" : ")[0] for problem in check()] == [f"ligne {anchored}"]


def test_spoilt_file_of_anchors_is_said_with_its_line(anchored, tmp_path):
    path = tmp_path / "anchors.txt"
    path.write_text(path.read_text() + "n’importe quoi\n")
    assert check() == ["fichier des ancres, ligne 2 : elle est illisible ou a été modifiée"]
