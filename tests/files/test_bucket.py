"""Bodies and published files in the bucket of a real S3 server: kept, given back, moved, and what is said when it is
silent.
"""

import io
import os
import secrets
import shutil
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.files.checks import bucket_check, bucket_open_check, folder_check, folder_exists_check
from cms.files.rules.refusals import FileRefusedError
from cms.files.services import StoreAwayError, attachment_add, attachment_open, missing_tell, orphans_remove
from cms.files.state import store_read
from cms.operations.trees import digest, trees
from cms.vault import store
from cms.vault.bucket import Bucket, StoreSilentError
from cms.vault.media import BucketStorage
from cms.wall import scope
from tests.cast.files import photo, upload
from tests.object_store import ObjectStore
from tools import clock
from tools.paths import CLONE

BUCKET = "s3://havre/essai"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = ObjectStore(tmp_path_factory.mktemp("s3"))
    yield server
    server.close()


@pytest.fixture
def bucket(server, settings):
    """Return the server, empty and named by the settings."""
    if server.process is None:
        server.start()
    shutil.rmtree(server.data / "havre" / "essai", ignore_errors=True)
    for name, value in server.environment.items():
        setattr(settings, name, value)
    settings.HAVRE_S3_REGION = "us-east-1"
    return server


@pytest.fixture
def piece(bucket, cast, rows, acting_as):
    with acting_as("coordination"):
        return attachment_add(
            kind="case",
            object_id=rows["case_a"].pk,
            file=upload("a.jpg", photo(size=(900, 700))),
            title="Une pièce",
            by=cast["coordination"],
        )


def test_a_body_leaves_encrypted_and_comes_back_whole(piece, bucket, acting_as):
    [held] = bucket.held()
    assert held.name == piece.stored_name
    with acting_as("coordination"):
        clear = b"".join(attachment_open(piece))
    assert clear.startswith(b"\xff\xd8")
    assert len(clear) == piece.size > 64 * 1024
    assert clear[:64] not in held.read_bytes()
    assert store.body_digest(piece.stored_name) == piece.digest


@pytest.mark.whole
def test_a_long_body_is_written_as_it_comes(bucket):
    writer = store.BodyWriter()
    written = [secrets.token_bytes(3_000_000) for _ in range(12)]
    for each in written:
        writer.write(each)
    assert bucket.held() == []
    body = writer.finish()
    assert b"".join(store.body_pieces(body.name, body.key)) == b"".join(written)
    writer.abandon()
    assert bucket.held() == []


@pytest.mark.whole
def test_what_no_row_holds_is_removed_and_nothing_else(piece, bucket):
    lost, fresh = store.body_write(b"perdu"), store.body_write(b"en cours")
    for path in bucket.held():
        if path.name != fresh.name:
            os.utime(path, (1, 1))
    with scope.acting(scope.FILES):
        assert orphans_remove() == 1
    assert {path.name for path in bucket.held()} == {piece.stored_name, fresh.name}
    assert lost.name not in store.bodies_standing()


def test_a_silent_store_is_said_and_nothing_is_taken_for_lost(piece, bucket, cast, rows, acting_as, client_of):
    bucket.stop()
    with acting_as("coordination"):
        with pytest.raises(StoreAwayError):
            attachment_open(piece)
        with pytest.raises(FileRefusedError) as refused:
            attachment_add(
                kind="case",
                object_id=rows["case_a"].pk,
                file=upload("b.jpg", photo()),
                title="Une autre",
                by=cast["coordination"],
            )
    assert refused.value.refusal == "storage"
    with scope.acting(scope.FILES), pytest.raises(StoreSilentError):
        missing_tell()
    with pytest.raises(StoreSilentError):
        store_read()
    page = client_of("coordination").get(reverse("cases_case:piece", args=[rows["case_a"].pk, piece.pk]))
    if page.status_code == 302:  # the piece names the minor: another page asks why first
        pytest.fail("the piece of this test names nobody")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "60"
    assert "ne répondent pas pour le moment" in page.content.decode()
    bucket.start()
    with acting_as("coordination"):
        assert len(b"".join(attachment_open(piece))) == piece.size
    assert store_read().is_well


def test_what_is_missing_opens_nothing(bucket):
    gone = secrets.token_hex(32)
    with pytest.raises(FileNotFoundError):
        store.body_digest(gone)
    with pytest.raises(FileNotFoundError):
        next(store.body_pieces(gone, secrets.token_hex(32)))
    store.body_remove(gone)


ASK = """
import django; django.setup()
from django.conf import settings
from cms.files.checks import bucket_open_check
settings.HAVRE_S3_REGION = "us-east-1"
for name, value in (
    ("HAVRE_S3_KEY", settings.HAVRE_S3_KEY),
    ("HAVRE_S3_SECRET", "un autre"),
    ("HAVRE_FILES", "s3://ailleurs"),
    ("HAVRE_S3_CA", ""),  # nobody whom this machine trusts signed the certificate
):
    before = getattr(settings, name)
    setattr(settings, name, value)
    print(name, [fault.id for fault in bucket_open_check(None, databases=["default"])])
    setattr(settings, name, before)
"""


@pytest.mark.whole
def test_an_access_is_tried_before_anybody_loses_a_file(tmp_path):
    """On the real clock: the server checks signatures, which hold the hour."""
    server = ObjectStore(tmp_path, verifies=True)
    given = {**clock.real_time(), "DJANGO_SETTINGS_MODULE": "cms.settings.test", **server.environment}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=CLONE, env=given, capture_output=True, text=True)
    server.close()
    refused = [f"{name} ['files.E009']" for name in ("HAVRE_S3_SECRET", "HAVRE_FILES", "HAVRE_S3_CA")]
    assert done.stdout.splitlines() == ["HAVRE_S3_KEY []", *refused], done.stderr


def test_half_an_access_is_refused_without_asking_anybody(bucket, settings):
    assert folder_check(None) == folder_exists_check(None) == bucket_check(None) == []
    bucket.stop()
    assert bucket_open_check(None) == []  # nothing is asked unless somebody names the database
    settings.HAVRE_S3_CA = "/nulle-part.pem"
    settings.HAVRE_S3_KEY = ""
    settings.HAVRE_S3_ENDPOINT = "http://stockage.example"
    assert [fault.id for fault in bucket_check(None)] == ["files.E006", "files.E007", "files.E008"]


@pytest.mark.whole
def test_no_message_of_the_store_names_a_file_or_an_address(bucket, settings):
    name = secrets.token_hex(32)
    bucket.stop()
    with pytest.raises(StoreSilentError) as silent:
        Bucket(BUCKET, settings).stands(name)
    assert name not in str(silent.value)
    assert "127.0.0.1" not in str(silent.value)


@pytest.mark.whole
def test_published_files_stand_beside_the_bodies(bucket, settings):
    storage = BucketStorage()
    name = storage.save("images/logo.txt", ContentFile(b"un phare"))
    assert storage.exists(name)
    assert storage.size(name) == 8
    assert storage.save("images/logo.txt", ContentFile(b"un autre")) != name
    with storage.open(name) as file:
        assert file.read() == b"un phare"
    assert storage.listdir("") == (["images"], [])
    assert name.rpartition("/")[2] in storage.listdir("images")[1]
    assert storage.url(name) == f"{settings.MEDIA_URL}{name}"
    storage.delete(name)
    assert not storage.exists(name)
    assert bucket.held() == []


def moved(*arguments):
    out = io.StringIO()
    call_command("files_move", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.whole
def test_bodies_move_to_a_bucket_and_back_and_each_is_proved(bucket, settings, tmp_path):
    settings.HAVRE_FILES = folder = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"
    made = [store.body_write(secrets.token_bytes(200_000)) for _ in range(4)]
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "media" / "images" / "logo.txt").write_bytes(b"un phare")
    bucket.stop()
    with pytest.raises(CommandError, match="relancez la même commande"):
        moved(BUCKET)
    bucket.start()
    assert "Pièces et exports : 4 copié(s), 0 déjà là, 0 faux." in moved(BUCKET)
    spoilt, gone, *_ = bucket.held()
    spoilt.write_bytes(b"abime")
    gone.unlink()
    late = store.body_write(b"ecrit pendant la copie")
    again = moved(BUCKET)
    assert "Pièces et exports : 3 copié(s), 2 déjà là, 0 faux." in again
    assert "Fichiers publiés : 0 copié(s), 1 déjà là, 0 faux." in again
    settings.HAVRE_FILES = BUCKET
    shutil.rmtree(folder)
    shutil.rmtree(tmp_path / "media")
    for body in (*made, late):
        assert store.body_digest(body.name) == body.digest
        assert b"".join(store.body_pieces(body.name, body.key))
    assert "5 copié(s)" in moved(str(folder))
    settings.HAVRE_FILES = folder
    assert {store.body_digest(body.name) for body in made} == {body.digest for body in made}
    assert (tmp_path / "media" / "images" / "logo.txt").read_bytes() == b"un phare"
    assert oct(next(folder.rglob(made[0].name)).stat().st_mode & 0o777) == "0o600"
    assert digest(trees()["files"], "00/absent") is None


@pytest.mark.whole
def test_a_move_to_the_same_place_or_half_an_address_is_refused(bucket):
    for target in (BUCKET, f"{BUCKET}/", "ailleurs"):
        with pytest.raises(CommandError):
            moved(target)
