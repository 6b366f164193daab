"""Bodies on the disk, rollback, destruction, orphans, keys."""

import os
import resource
import stat
import threading
from contextlib import contextmanager, suppress

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, connection, connections, transaction
from django.urls import reverse

from cms.files import integrity
from cms.files.checks import folder_check, folder_exists_check
from cms.files.enums import RemovalReason
from cms.files.models import Attachment
from cms.files.rules.refusals import FileRefusedError
from cms.files.services import (
    BodyUnreadableError,
    attachment_add,
    attachment_open,
    attachment_remove,
    attachment_restore,
    attachments_purge,
    missing_tell,
    orphans_remove,
)
from cms.journal.models import JournalLine
from cms.users.models import User
from cms.values.services import setting_change
from cms.vault import store
from cms.vault.keyring import keyring_rotate
from cms.vault.shelves import place
from cms.wall import scope
from tests import database
from tests.cast.everything import all_rows
from tests.cast.files import pdf, photo, upload
from tests.files.conftest import bodies


def add(by, row, kind="case", *, content=None, title="Une pièce", name="a.pdf", **more):
    file = upload(name, pdf() if content is None else content)
    return attachment_add(kind=kind, object_id=row.pk, file=file, title=title, by=by, **more)


def test_a_body_is_private_encrypted_and_opens_whole(folder, cast, rows, acting_as):
    with acting_as("coordination"):
        piece = add(cast["coordination"], rows["case_a"], content=photo(size=(900, 700)), name="a.jpg")
        clear = b"".join(attachment_open(piece))
    [path] = bodies(folder)
    assert path.name == piece.stored_name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert clear.startswith(b"\xff\xd8")
    assert len(clear) == piece.size > 64 * 1024
    assert clear[:64] not in path.read_bytes()
    assert "a.jpg" not in str(piece.__dict__)


@pytest.mark.parametrize("spoil", ["byte", "cut", "longer", "gone"])
def test_a_damaged_body_gives_nothing_and_verify_says_so(folder, cast, rows, acting_as, spoil):
    with acting_as("coordination"):
        Attachment.objects.count()
        piece = add(cast["coordination"], rows["case_a"], content=photo(size=(900, 700)), name="a.jpg")
    [path] = bodies(folder)
    data = bytearray(path.read_bytes())
    data[-40] ^= spoil == "byte"
    if spoil == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut": data[: len(data) // 2], "longer": data + b"x"}.get(spoil, data))
    with acting_as("coordination"), pytest.raises(BodyUnreadableError):
        attachment_open(piece)
    with scope.acting(scope.FIGURES):
        problems = [problem for problem in integrity.check() if str(piece.pk) in problem]
    assert len(problems) == 1


def test_verify_finds_the_bodies_of_the_cast(rows):
    with scope.acting(scope.FIGURES):
        assert integrity.check() == []
        assert integrity.summary().startswith("9 pièce(s)")


def test_a_refused_file_leaves_nothing(folder, cast, rows, acting_as):
    with acting_as("coordination"), pytest.raises(FileRefusedError) as caught:
        add(cast["coordination"], rows["case_a"], content=b"MZ un programme")
    assert caught.value.refusal == "type"
    assert bodies(folder) == [] or not folder.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("../../a.pdf", None, "path"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", bytes(1024 * 1024 + 1), "size"),
    ],
)
def test_what_is_refused_before_it_is_read(folder, cast, rows, acting_as, name, content, why):
    class Named:
        def __init__(self, held):
            self.name, self.size, self.held = name, len(held), held

        def read(self, num_bytes=None):
            return self.held

    with acting_as("coordination"):
        setting_change(key="files.max_megabytes", value=1, changed_by_id=cast["coordination"].pk)
        with pytest.raises(FileRefusedError) as caught:
            attachment_add(
                kind="case",
                object_id=rows["case_a"].pk,
                file=Named(pdf() if content is None else content),
                title="Une pièce",
                by=cast["coordination"],
            )
    assert caught.value.refusal == why


def test_a_disk_that_refuses_is_said_in_plain_words(settings, tmp_path, cast, rows, acting_as):
    settings.HAVRE_FILES = tmp_path / "file"
    settings.HAVRE_FILES.write_text("not a folder")
    with acting_as("coordination"), pytest.raises(FileRefusedError) as caught:
        add(cast["coordination"], rows["case_a"])
    assert caught.value.refusal == "storage"


def test_a_full_disk_is_said_at_the_field_and_leaves_nothing(folder, cast, rows, client_of, acting_as):
    """The limit of the process stands for the disk: the last piece, kept in memory, fails again while it closes."""
    page = reverse("cases_case:piece_add", args=[rows["case_a"].pk])
    sent = {"file": upload("a.jpg", photo(size=(900, 700))), "title": "Une pièce", "is_identifying": ""}
    client = client_of("coordination")
    assert client.get(page).status_code == 200
    with disk_of(4096):
        answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "Il n’y a plus de place sur le serveur" in answer.content.decode()
    assert bodies(folder) == []
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="files.refused.full", object_id=rows["case_a"].pk).exists()


@contextmanager
def disk_of(size: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestCommitted:
    """Real transactions: what is rolled back leaves no body, what is destroyed loses its own."""

    @pytest.fixture
    def coordination(self, committed, folder):
        return User.objects.get(email="coordination@havre.example")

    def test_a_rollback_leaves_nothing(self, coordination, folder):
        case = all_rows()["case_a"]
        with suppress(ZeroDivisionError), scope.acting(coordination):
            add(coordination, case)
            assert len(bodies(folder)) == 1
            raise ZeroDivisionError
        assert bodies(folder) == []

    def test_a_savepoint_rolled_back_leaves_nothing_and_the_rest_stays(self, coordination, folder):
        case = all_rows()["case_a"]
        with scope.acting(coordination):
            kept = add(coordination, case)
            with suppress(ZeroDivisionError), transaction.atomic():
                add(coordination, case)
                raise ZeroDivisionError
        assert [path.name for path in bodies(folder)] == [kept.stored_name]

    def test_removed_then_destroyed(self, coordination, folder):
        case = all_rows()["case_a"]
        with scope.acting(coordination):
            piece = add(coordination, case, title="Un titre")
            attachment_remove(attachment=piece, by=coordination, reason=RemovalReason.MISTAKE)
        with scope.acting(scope.FILES):
            assert attachments_purge() == 0
        with scope.acting(coordination):
            setting_change(key="files.removed_days", value=0, changed_by_id=coordination.pk)
        with scope.acting(scope.FILES):
            assert attachments_purge() == 1
        assert bodies(folder) == []
        with scope.acting(coordination):
            row = Attachment.objects.get(pk=piece.pk)
            assert (row.title, row.body_key, row.digest) == ("", "", "")
            with pytest.raises(ValidationError):
                attachment_restore(attachment=row)

    def test_a_destruction_rolled_back_keeps_the_body(self, coordination, folder):
        case = all_rows()["case_b"]
        with scope.acting(coordination):
            attachment_remove(attachment=add(coordination, case), by=coordination, reason="useless")
            setting_change(key="files.removed_days", value=0, changed_by_id=coordination.pk)
        with suppress(ZeroDivisionError), scope.acting(scope.FILES):
            assert attachments_purge() == 1
            raise ZeroDivisionError
        assert len(bodies(folder)) == 1

    def test_orphans_go_after_a_day(self, coordination, folder):
        with scope.acting(coordination):
            kept = add(coordination, all_rows()["case_a"])
        old, fresh = store.body_write(b"perdu"), store.body_write(b"en cours")
        half = place().path(old.name).with_suffix(".part")
        half.write_bytes(b"a moitie")
        for path in (place().path(old.name), half, place().path(kept.stored_name)):
            os.utime(path, (1, 1))
        with scope.acting(scope.FILES):
            assert orphans_remove() == 2
            assert JournalLine.objects.filter(action="files.orphan.remove", details__count=2).count() == 1
        assert {path.name for path in bodies(folder)} == {kept.stored_name, fresh.name}

    def test_a_row_without_its_body_is_told_once_after_a_day_and_keeps_its_key(self, coordination, folder):
        case = all_rows()["case_a"]
        with scope.acting(coordination):
            kept, lost = add(coordination, case), add(coordination, case)
        body = place().path(lost.stored_name)
        body.rename(folder / "away")
        with scope.acting(scope.FILES):
            assert missing_tell() == 0  # not a day old
        with psycopg.connect(database.owner_url(connection.settings_dict["NAME"])) as owner:
            owner.execute("SET session_replication_role = replica")  # the triggers would hold the day of an attachment
            owner.execute("UPDATE files_attachment SET added_at = added_at - interval '2 days'")
        with scope.acting(scope.FILES):
            told = missing_tell()
            assert told >= 1
            assert missing_tell() == 0
        with scope.acting(scope.FILES):
            lines = JournalLine.objects.filter(action="files.attachment.lost", details__attachment=str(lost.pk))
            assert lines.get().object_id == case.pk
            assert not JournalLine.objects.filter(details__attachment=str(kept.pk), action__endswith="lost").exists()
        (folder / "away").rename(body)
        with scope.acting(coordination):
            assert b"".join(attachment_open(Attachment.objects.get(pk=lost.pk)))

    def test_two_files_at_once_do_not_pass_the_number(self, coordination, folder):
        case = all_rows()["case_b"]
        with scope.acting(coordination):
            setting_change(key="files.max_per_object", value=1, changed_by_id=coordination.pk)
        start, outcomes = threading.Barrier(2), []

        def send():
            try:
                start.wait()
                with scope.acting(coordination):
                    add(coordination, case)
                outcomes.append("kept")
            except FileRefusedError as error:
                outcomes.append(error.refusal)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["count", "kept"]
        assert len(bodies(folder)) == 1

    def test_a_change_of_keys_seals_the_key_again_and_leaves_the_body(
        self, committed, coordination, folder, settings, tmp_path
    ):
        from cms.vault import rotation
        from cms.vault.places import tables

        ring = tmp_path / "ring.json"
        ring.write_bytes(settings.HAVRE_KEYRING.read_bytes())
        settings.HAVRE_KEYRING = ring
        with scope.acting(coordination):
            piece = add(coordination, all_rows()["case_a"])
        [path] = bodies(folder)
        before = path.read_bytes()
        keyring_rotate(ring)
        table = next(each for each in tables() if each.name == '"public"."files_attachment"')
        columns = [column for column in table.columns if column.purpose]
        with psycopg.connect(database.owner_url(committed)) as owner:
            query = f"SELECT {', '.join(column.name for column in columns)} FROM {table.name} WHERE id = %s"
            tokens = owner.execute(query, [piece.pk]).fetchone()
            again = [rotation._again(token, column) for token, column in zip(tokens, columns, strict=True)]
            assert again != list(tokens)
            owner.execute(f"UPDATE {table.name} SET title = %s, body_key = %s WHERE id = %s", [*again, piece.pk])
        with scope.acting(coordination):
            assert b"".join(attachment_open(Attachment.objects.get(pk=piece.pk))).startswith(b"%PDF")
        assert path.read_bytes() == before


class TestWall:
    """What a forged write meets."""

    def test_nobody_moves_nor_renames_an_attachment(self, cast, rows, acting_as):
        for values in ({"object_id": rows["case_b"].pk}, {"title": "Autre"}, {"stored_name": "0" * 64}, {"size": 1}):
            with acting_as("coordination"), pytest.raises((IntegrityError, InternalError)), transaction.atomic():
                Attachment.objects.filter(pk=rows["piece_case_a"].pk).update(**values)

    def test_nobody_deletes_one(self, rows, acting_as):
        with acting_as("coordination"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM files_attachment")
            assert cursor.rowcount == 0

    @pytest.mark.parametrize(
        ("who", "kind", "row"),
        [
            ("gendarme", "sollicitation", "sollicitation_b"),
            ("transmitter", "sollicitation", "sollicitation_transmitted"),
            ("educator_a", "case", "case_a"),
            ("educator_a", "incident", "incident_b"),
            ("director_a", "incident", "incident_a_confidential"),
            ("director_a", "convention", "convention_a"),
            ("dpo", "case", "case_a"),
            ("tech_admin", "case", "case_a"),
            ("trainee", "incident", "incident_a"),
            ("coordination", "user", "convention_a"),
        ],
    )
    def test_who_may_not_add(self, cast, rows, acting_as, who, kind, row):
        with acting_as(who), pytest.raises(ValidationError) as caught:
            add(cast[who], rows[row], kind)
        assert caught.value.code == "scope"
        with acting_as(who), pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Attachment.objects.create(
                object_kind=kind,
                object_id=rows[row].pk,
                title="x",
                stored_name="f" * 64,
                body_key="00",
                digest="0",
                file_type="pdf",
                size=1,
                added_by=cast[who],
            )

    def test_who_reads_what(self, cast, rows, acting_as):
        expected = {
            "direction": 9,
            "gendarme": {"piece_sollicitation_a"},
            "ase": {"piece_sollicitation_b"},
            "transmitter": set(),
            "educator_a": {"piece_case_a", "piece_incident_a", "piece_incident_a_confidential", "piece_convention_a"},
            "director_a": {"piece_case_a", "piece_incident_a", "piece_convention_a"},
            "director_b": {"piece_incident_b"},
            "state_reader": {"piece-statequestion", "piece-committee"},
            **dict.fromkeys(("dpo", "tech_admin", "former_member", "trainee"), set()),
        }
        for who, held in expected.items():
            with acting_as(who):
                found = {str(row.title).removeprefix("MARQUEUR-") for row in Attachment.objects.all()}
            assert (len(found) if isinstance(held, int) else found) == held, who

    def test_the_author_removes_and_the_coordination_gives_back(self, cast, rows, acting_as):
        piece = rows["piece_sollicitation_a"]
        with acting_as("gendarme"):
            attachment_remove(attachment=piece, by=cast["gendarme"], reason="mistake")
            with pytest.raises(ValidationError):
                attachment_restore(attachment=piece)
        with acting_as("coordination"):
            attachment_restore(attachment=piece)
            assert Attachment.objects.kept().filter(pk=piece.pk).exists()

    def test_a_colleague_does_not_remove(self, cast, rows, acting_as):
        with acting_as("educator_a"), pytest.raises(ValidationError):
            attachment_remove(attachment=rows["piece_incident_a"], by=cast["educator_a"], reason="mistake")

    def test_a_closed_request_takes_nothing_more(self, cast, rows, acting_as):
        from cases.requests.services.sollicitations import sollicitation_close

        with acting_as("coordination"):
            sollicitation_close(
                sollicitation=rows["sollicitation_a"], outcome_id="decision:APPUI", by=cast["coordination"]
            )
        with acting_as("gendarme"), pytest.raises(ValidationError):
            add(cast["gendarme"], rows["sollicitation_a"], "sollicitation")


def test_the_folder_is_checked(settings, tmp_path):
    settings.HAVRE_FILES = tmp_path / "none"
    assert folder_check(None) == []
    assert [problem.id for problem in folder_exists_check(None)] == ["files.E004"]
    settings.HAVRE_FILES.mkdir(mode=0o755)
    settings.HAVRE_FILES.chmod(0o755)
    assert [problem.id for problem in folder_check(None)] == ["files.E003"]
    settings.HAVRE_FILES.chmod(0o700)
    assert folder_check(None) == folder_exists_check(None) == []
    settings.HAVRE_FILES = settings.MEDIA_ROOT / "files"
    assert [problem.id for problem in folder_check(None)] == ["files.E001"]
    settings.HAVRE_FILES = tmp_path / "plain"
    settings.HAVRE_FILES.write_text("")
    assert [problem.id for problem in folder_check(None)] == ["files.E002"]


def test_only_a_random_name_is_a_path():
    for name in ("../a", "a", "A" * 64, "0" * 63, "0" * 64 + "/"):
        with pytest.raises(ValueError, match="not the name"):
            store.checked(name)
