"""Bodies: each under a random name, encrypted with a key of its own, in the private place that `HAVRE_FILES` names."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from cms.vault import shelves
from cms.vault.stream import BODY, SealedWriter, unsealed

NAME_BYTES, KEY_BYTES = 32, 32
READ_BYTES = 1024 * 1024
NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Body:
    """Where a body was written, the key that opens it (hexadecimal) and the hash of what stands on the disk."""

    name: str
    key: str
    digest: str


def checked(name: str) -> str:
    """Return the name of a body. Raises `ValueError` for anything but a random name."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a body")
    return name


class BodyWriter:
    """A body written as it comes, encrypted by pieces: never in clear on the disk. Raises `OSError`."""

    def __init__(self) -> None:
        self.name, self._key = secrets.token_hex(NAME_BYTES), secrets.token_bytes(KEY_BYTES)
        self.size = 0
        self._draft = shelves.place().draft(self.name)
        self._hash = hashlib.sha256()
        self._sealed = SealedWriter(cast(IO[bytes], _HashWriter(self._draft.file, self._hash)), self._key, BODY)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return self._sealed.write(data)

    def finish(self) -> Body:
        """Keep the body whole; return what it is."""
        self._sealed.close()
        self._draft.keep()
        return Body(self.name, self._key.hex(), self._hash.hexdigest())

    def abandon(self) -> None:
        """Leave nothing of it. On a full disk, closing writes what was kept in memory, and fails again."""
        self._draft.abandon()


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
    with shelves.place().open(checked(name)) as file:
        yield from unsealed(file, bytes.fromhex(key), BODY)


def body_digest(name: str) -> str:
    """Hash of the body as it stands. Raises `OSError`."""
    return digest_at(shelves.place(), name)


def digest_at(place: shelves.Place, name: str) -> str:
    """Hash of a body of one place. Raises `OSError`."""
    digest = hashlib.sha256()
    with place.open(checked(name)) as file:
        while piece := file.read(READ_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def bodies_standing() -> set[str]:
    """Return the name of everything that stands. Raises `OSError`."""
    return set(shelves.place().names())


def body_remove(name: str) -> None:
    shelves.place().remove(checked(name))


def bodies(*, older_than_seconds: float, now: float) -> Iterator[str]:
    """Names of files that were not touched for a time, half-written ones included."""
    return shelves.place().names(before=now - older_than_seconds)


def leftover_remove(name: str) -> None:
    """Remove a file that `bodies` named, whatever it is."""
    shelves.place().remove(name)
