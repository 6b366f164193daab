"""The whole instance in one encrypted file, and back into an empty database. Both act as the owner."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import IO, Any, cast

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from cms.journal.anchors import Anchor, anchor_now
from cms.journal.services import journal_append, journal_seal
from cms.operations.trees import FolderTree, Tree, is_empty, trees
from cms.vault.stream import SealedWriter, StreamError, secret_read, unsealed
from cms.wall import scope
from tools.pg import ServerError, bin_dir

DUMP, MANIFEST = "database.dump", "manifest.json"


class BackupError(Exception):
    """What prevents the backup or the restore, in a sentence for the operator."""


def backup_write(path: Path, key: Path) -> dict[str, Any]:
    """Write the backup, whole or not at all; answers its manifest. Raises `BackupError` or `StreamError`."""
    secret = secret_read(key)
    if path.exists():
        raise BackupError(f"{path} existe déjà : choisissez un autre nom.")
    with scope.acting(scope.VAULT):
        journal_append(action="vault.backup")
    journal_seal()
    anchor = anchor_now()
    building = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        dump = Path(folder) / DUMP
        _run("pg_dump", "-Fc", "--no-owner", "-f", str(dump))
        manifest = _manifest(dump, anchor)
        (Path(folder) / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            writer = SealedWriter(file, secret)
            with tarfile.open(fileobj=cast(IO[bytes], writer), mode="w|") as tar:
                for name in (MANIFEST, DUMP):
                    tar.add(Path(folder) / name, arcname=name)
                for name, tree in trees().items():
                    tree.pack(tar, name)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
    os.replace(building, path)
    return manifest


def backup_restore(path: Path, key: Path) -> Anchor | None:
    """Restore into an empty database, in one transaction; answers the last line that the journal held.

    The file is opened to its end before anything is written. Raises `BackupError` or `StreamError`.
    """
    secret = secret_read(key)
    targets = trees()
    _refuse_unless_empty(targets)
    beside = Path(settings.MEDIA_ROOT).parent
    for folder in (beside, *(each.folder.parent for each in targets.values() if isinstance(each, FolderTree))):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside) as temporary:
        folder = Path(temporary)
        _open(path, secret, folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if _digest(folder / DUMP) != manifest["digest"]:
            raise BackupError("La copie de la base n’est pas celle que la sauvegarde annonce : reprenez-en une autre.")
        connection.close()
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(folder / DUMP))
        for name, tree in targets.items():
            if (folder / name).is_dir():
                tree.unpack(folder / name)
    if manifest["seq"] is None:
        return None
    at = dt.datetime.fromisoformat(manifest["at"])
    return Anchor(at, manifest["seq"], bytes.fromhex(manifest["hash"]), manifest["count"])


def _refuse_unless_empty(targets: dict[str, Tree]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    if tables:
        raise BackupError("Cette base contient déjà des tables : restaurez dans une base vide.")
    for name, tree in targets.items():
        if not is_empty(tree):
            raise BackupError(
                f"Il y a déjà des fichiers ({name}, {settings.HAVRE_FILES}) : mettez-les d’abord de côté."
            )


def _open(path: Path, secret: bytes, folder: Path) -> None:
    opened = folder / "backup.tar"
    try:
        with path.open("rb") as source, opened.open("wb") as target:
            for piece in unsealed(source, secret):
                target.write(piece)
    except OSError as error:
        raise StreamError(f"La sauvegarde {path} ne peut pas être lue : {error.strerror}.") from None
    with tarfile.open(opened) as tar:
        tar.extractall(folder, filter="data")


def _manifest(dump: Path, anchor: Anchor | None) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || max(name) FROM django_migrations GROUP BY app ORDER BY 1")
        migrations = [name for (name,) in cursor.fetchall()]
    return {
        "at": timezone.now().isoformat(),
        "django": django.get_version(),
        "migrations": migrations,
        "digest": _digest(dump),
        "seq": anchor.seq if anchor else None,
        "hash": anchor.hash.hex() if anchor else None,
        "count": anchor.count if anchor else 0,
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> None:
    try:
        command = str(bin_dir() / program)
    except ServerError:
        command = program
    address, password = _address()
    environment = {**os.environ, "PGPASSWORD": password}
    done = subprocess.run(  # noqa: S603 (programs of PostgreSQL)
        [command, "-d", address, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"« {program} » a échoué, rien n’est gardé : {done.stderr.strip()[-500:]}")


def _address() -> tuple[str, str]:
    """Return what the programs of PostgreSQL are told: every option of the connection, and its password apart."""
    held = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    return make_conninfo(**{name: held[key] for name, key in names.items() if held[key]} | held["OPTIONS"]), held[
        "PASSWORD"
    ]
