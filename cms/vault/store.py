"""The private folder of bodies: each under a random name, encrypted with a key of its own."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings

from cms.vault.stream import BODY, SealedWriter, unsealed

NAME_BYTES, KEY_BYTES = 32, 32
NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Body:
    """Where a body was written, the key that opens it (hexadecimal) and the hash of what stands on the disk."""

    name: str
    key: str
    digest: str


def path_of(name: str) -> Path:
    """Path of a body. Raises `ValueError` for anything but a random name."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a body")
    return Path(settings.HAVRE_FILES) / name[:2] / name


class BodyWriter:
    """A body written as it comes, encrypted by pieces: never in clear on the disk. Raises `OSError`."""

    def __init__(self) -> None:
        self.name, self._key = secrets.token_hex(NAME_BYTES), secrets.token_bytes(KEY_BYTES)
        self.size = 0
        self._path = path_of(self.name)
        for folder in (Path(settings.HAVRE_FILES), self._path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the mode is that of the last one alone
        self._part = self._path.with_name(f"{self.name}.part")
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._hash = hashlib.sha256()
        self._sealed = SealedWriter(cast(IO[bytes], _HashWriter(self._file, self._hash)), self._key, BODY)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return self._sealed.write(data)

    def finish(self) -> Body:
        """Write the body to the disk whole; return what it is."""
        self._sealed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._part, self._path)
        _sync(self._path.parent)
        return Body(self.name, self._key.hex(), self._hash.hexdigest())

    def abandon(self) -> None:
        """Leave nothing of it. On a full disk, closing writes what was kept in memory, and fails again."""
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


class _HashWriter:
    """A file that hashes what is written in it."""

    def __init__(self, file: IO[bytes], digest: Any) -> None:
        self._file, self._digest = file, digest

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._file.write(data)


def body_write(data: bytes) -> Body:
    """Encrypt and write; the body stands whole on the disk when this returns. Raises `OSError`."""
    writer = BodyWriter()
    try:
        writer.write(data)
        return writer.finish()
    except OSError:
        writer.abandon()
        raise


def body_pieces(name: str, key: str) -> Iterator[bytes]:
    """Clear pieces; the file opens with the first one. Raises `OSError` and `StreamError` while it is read."""
    with path_of(name).open("rb") as file:
        yield from unsealed(file, bytes.fromhex(key), BODY)


def body_digest(name: str) -> str:
    """Hash of the body as it stands on the disk. Raises `OSError`."""
    with path_of(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def body_stands(name: str) -> bool:
    return path_of(name).is_file()


def body_remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def bodies(*, older_than_seconds: float, now: float) -> Iterator[Path]:
    """Files of the folder that were not touched for a time, half-written ones included."""
    for folder in sorted(Path(settings.HAVRE_FILES).glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            if now - path.stat().st_mtime > older_than_seconds:
                yield path


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
