"""Where bodies stand: a folder of this machine, or a bucket. `HAVRE_FILES` says which; nothing else differs."""

import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Protocol, cast

from django.conf import settings

from cms.vault.bucket import SCHEME, Access, Bucket

BODIES, MEDIA = "bodies", "media"
"""What a bucket holds, each under its own prefix."""
PART = ".part"
IN_MEMORY = 32 * 1024 * 1024
"""Bytes of a body that wait in memory for the store; more wait on the disk. They are encrypted already."""


class Draft(Protocol):
    """A body that is being written: none stands until `keep`."""

    file: IO[bytes]

    def keep(self) -> None: ...

    def abandon(self) -> None: ...


class Place(Protocol):
    """Bodies by their random name. What is not there is `FileNotFoundError`, any other trouble `OSError`."""

    def draft(self, name: str) -> Draft: ...

    def open(self, name: str) -> IO[bytes]: ...

    def stands(self, name: str) -> bool: ...

    def remove(self, name: str) -> None: ...

    def names(self, *, before: float = math.inf) -> Iterator[str]:
        """Files, half-written ones included; those not touched since a second of the clock, if one is given."""
        ...


def is_bucket(address: Path | str) -> bool:
    return str(address).startswith(SCHEME)


def place() -> Place:
    """Return where the service keeps its bodies."""
    return place_at(settings.HAVRE_FILES)


def place_at(address: Path | str) -> Place:
    return BucketPlace(bucket_at(address, BODIES)) if is_bucket(address) else FolderPlace(Path(address))


def bucket_at(address: Path | str, part: str, access: Access | None = None) -> Bucket:
    given = access or cast(Access, settings)
    names = ("HAVRE_S3_ENDPOINT", "HAVRE_S3_REGION", "HAVRE_S3_KEY", "HAVRE_S3_SECRET", "HAVRE_S3_CA")
    # The number of the process: what a client holds open is not shared with a child.
    return _bucket(f"{str(address).rstrip('/')}/{part}", os.getpid(), tuple(getattr(given, name) for name in names))


@lru_cache(maxsize=8)
def _bucket(address: str, process: int, values: tuple[str, ...]) -> Bucket:
    return Bucket(address, _Given(*values))


class _Given:
    def __init__(self, endpoint: str, region: str, key: str, secret: str, authority: str) -> None:
        self.HAVRE_S3_ENDPOINT, self.HAVRE_S3_REGION = endpoint, region
        self.HAVRE_S3_KEY, self.HAVRE_S3_SECRET, self.HAVRE_S3_CA = key, secret, authority


class FolderPlace:
    """A private folder: bodies under the first two letters of their name, mode 0600."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def draft(self, name: str) -> Draft:
        path = self.path(name)
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the mode is that of the last one alone
        return _FolderDraft(path)

    def open(self, name: str) -> IO[bytes]:
        return self.path(name).open("rb")

    def stands(self, name: str) -> bool:
        return self.path(name).is_file()

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def names(self, *, before: float = math.inf) -> Iterator[str]:
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from (path.name for path in sorted(folder.iterdir()) if path.stat().st_mtime < before)


class _FolderDraft:
    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}{PART}")
        self.file: IO[bytes] = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def keep(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self._part, self._path)
        _sync(self._path.parent)

    def abandon(self) -> None:
        with suppress(OSError):
            self.file.close()
        self._part.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


class BucketPlace:
    """A bucket: a body waits here, encrypted, until it is whole, then leaves in one request."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    def draft(self, name: str) -> Draft:
        return _BucketDraft(self.bucket, name)

    def open(self, name: str) -> IO[bytes]:
        return self.bucket.open(name)

    def stands(self, name: str) -> bool:
        return self.bucket.stands(name)

    def remove(self, name: str) -> None:
        self.bucket.remove(name)

    def names(self, *, before: float = math.inf) -> Iterator[str]:
        yield from (entry.key for entry in self.bucket.entries() if entry.changed_at.timestamp() < before)


class _BucketDraft:
    def __init__(self, bucket: Bucket, name: str) -> None:
        self._bucket, self._name, self._is_sent = bucket, name, False
        waiting: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by keep or abandon)
        self.file = cast(IO[bytes], waiting)

    def keep(self) -> None:
        self.file.seek(0)
        self._is_sent = True  # even a request without an answer may have been kept
        with self.file:
            self._bucket.create(self._name, self.file)

    def abandon(self) -> None:
        self.file.close()
        if self._is_sent:
            with suppress(OSError):  # what stays is an orphan, which the night job removes
                self._bucket.remove(self._name)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
