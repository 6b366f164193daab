"""A real backup, restored for real into an empty database."""

import datetime as dt
import json
import os
import stat
import subprocess
import sys

import psycopg
import pytest
from django.utils import timezone

from cms.operations.state import restore_read
from cms.vault.stream import MAGIC, PIECE_BYTES, SALT_BYTES, TAG_BYTES
from tests import database
from tests.cast.files import ATTACHMENTS
from tests.object_store import ObjectStore

NAME = f"havre_backup_{os.getpid()}"
COPY = f"{NAME}_copy"


def manage(name, media, *arguments, **more):
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(name),
        "DATABASE_OWNER_URL": database.owner_url(name),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "MEDIA_ROOT": str(media),
        **more,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=database.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def content(name):
    with psycopg.connect(database.owner_url(name)) as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {
            table: connection.execute(
                f"SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM \"{table}\" t"
            ).fetchone()
            for table in sorted(tables)
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup):
    folder = tmp_path_factory.mktemp("backup")
    database.copy_template(NAME)
    (folder / "media").mkdir()
    (folder / "media" / "plan.txt").write_text("Un fichier déposé.")
    (folder / "key").write_text("une phrase secrète assez longue")
    done = manage(NAME, folder / "media", "backup", folder / "havre.bak", "--cle", folder / "key")
    assert done.returncode == 0, done.stderr
    yield folder
    database.run_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@pytest.fixture
def empty():
    database.run_sql(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)", f"CREATE DATABASE {COPY}")
    yield COPY
    database.run_sql(f"DROP DATABASE {COPY} WITH (FORCE)")


def restore(folder, name, media, *, file="havre.bak", key="key"):
    files = media.with_name(f"{media.name}-pieces")
    return manage(name, media, "restore", folder / file, "--cle", folder / key, HAVRE_FILES=str(files))


def test_backup_comes_back_whole_and_verified(folder, empty):
    done = restore(folder, empty, folder / "media-restored")
    assert done.returncode == 0, done.stderr + done.stdout
    assert "intact" in done.stdout
    assert content(empty) == content(NAME)
    assert (folder / "media-restored" / "plan.txt").read_text() == "Un fichier déposé."
    pieces = folder / "media-restored-pieces"
    assert stat.S_IMODE(pieces.stat().st_mode) == 0o700
    assert len([path for path in pieces.rglob("*") if path.is_file()]) >= len(ATTACHMENTS)


@pytest.mark.whole
def test_a_restore_without_its_attachments_is_told(folder, empty):
    assert restore(folder, empty, folder / "media-told").returncode == 0
    pieces = folder / "media-told-pieces"
    for path in pieces.rglob("*"):
        if path.is_file():
            path.unlink()
    done = manage(empty, folder / "media-told", "verify", "files", HAVRE_FILES=str(pieces))
    assert done.returncode == 1
    assert "le fichier manque" in done.stdout + done.stderr


def test_backup_is_one_closed_file(folder):
    path = folder / "havre.bak"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PGDMP" not in path.read_bytes()
    assert not list(folder.glob("*.part"))


@pytest.mark.whole
def test_a_backup_goes_into_a_bucket_and_back_into_a_folder(folder, empty, tmp_path):
    server = ObjectStore(tmp_path)
    key = folder / "key"
    try:
        place = server.environment
        done = manage(empty, folder / "beside", "restore", folder / "havre.bak", "--cle", key, **place)
        assert done.returncode == 0, done.stderr + done.stdout
        assert len(server.held()) >= len(ATTACHMENTS)
        assert [path.read_text() for path in server.held("media")] == ["Un fichier déposé."]
        again = manage(empty, folder / "beside", "backup", tmp_path / "bucket.bak", "--cle", key, **place)
        assert again.returncode == 0, again.stderr
        database.run_sql(f"DROP DATABASE {empty} WITH (FORCE)", f"CREATE DATABASE {empty}")
        refused = manage(empty, folder / "beside", "restore", tmp_path / "bucket.bak", "--cle", key, **place)
        assert "Il y a déjà des fichiers" in refused.stderr
    finally:
        server.close()
    done = restore(tmp_path, empty, tmp_path / "media", file="bucket.bak", key=key)
    assert done.returncode == 0, done.stderr + done.stdout
    assert (tmp_path / "media" / "plan.txt").read_text() == "Un fichier déposé."


@pytest.mark.whole
@pytest.mark.parametrize("spoil", ["key", "byte", "cut", "empty"])
def test_wrong_key_or_spoilt_file_restores_nothing(folder, empty, spoil):
    data = bytearray((folder / "havre.bak").read_bytes())
    if spoil == "byte":
        data[-100] ^= 1
    piece = len(MAGIC) + SALT_BYTES + PIECE_BYTES + TAG_BYTES
    assert len(data) > piece
    spoilt = {"cut": data[:piece], "empty": b""}.get(spoil, data)
    (folder / "spoilt.bak").write_bytes(spoilt)
    (folder / "other").write_text("une autre phrase secrète assez longue")
    media = folder / f"media-{spoil}"
    done = restore(folder, empty, media, file="spoilt.bak", key="other" if spoil == "key" else "key")
    assert done.returncode == 1
    assert "sauvegarde" in done.stderr
    assert "Traceback" not in done.stderr
    assert content(empty) == {}
    assert not media.exists()
    assert not media.with_name(f"{media.name}-pieces").exists()


@pytest.mark.whole
def test_database_that_is_not_empty_is_refused(folder):
    before = content(NAME)
    done = restore(folder, NAME, folder / "media-none")
    assert "base vide" in done.stderr
    assert content(NAME) == before


@pytest.fixture
def exercise():
    name = f"{NAME}_exercice"
    database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    yield name
    database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def drilled(folder, base, report, *, file="havre.bak", **more):
    options = ("--cle", folder / "key", "--base", base, "--rapport", report)
    return manage(NAME, folder / "media", "drill_restore", folder / file, *options, **more)


@pytest.mark.whole
def test_a_drill_proves_a_backup_and_leaves_nothing(folder, exercise, tmp_path, settings):
    report = tmp_path / "restauration.json"
    before = content(NAME)
    for _ in range(2):  # what a drill that was killed left is no hindrance to the next
        done = drilled(folder, exercise, report)
        assert done.returncode == 0, done.stderr + done.stdout
    held = json.loads(report.read_text())
    assert held["well"] is True
    assert held["last_line"] > 0
    assert {"anchors", "files", "journal"} <= held["problems"].keys()
    assert content(exercise) == {}
    assert content(NAME) == before
    settings.HAVRE_RESTORE_REPORT = str(report)
    assert restore_read().is_well


@pytest.mark.whole
def test_a_drill_says_what_does_not_open_and_touches_no_other_database(folder, exercise, tmp_path):
    report = tmp_path / "restauration.json"
    (folder / "half.bak").write_bytes((folder / "havre.bak").read_bytes()[:-1000])
    done = drilled(folder, exercise, report, file="half.bak")
    assert done.returncode == 1
    assert "sauvegarde" in done.stderr
    before = content(NAME)
    assert drilled(folder, NAME, report).returncode == 1
    assert content(NAME) == before
    assert not report.exists()


def test_the_age_of_the_last_proof_is_measured(settings, tmp_path):
    settings.HAVRE_RESTORE_REPORT = str(tmp_path / "restauration.json")
    assert (restore_read().value, restore_read().is_well) == (None, False)
    for days, well, expected in ((1, True, True), (36, True, False), (1, False, False)):
        at = timezone.now() - dt.timedelta(days=days)
        (tmp_path / "restauration.json").write_text(json.dumps({"at": at.isoformat(), "well": well}))
        assert restore_read().is_well is expected
