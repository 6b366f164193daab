"""Files beside the database, wherever they stand: bodies and published files, each as a tree of keys and bytes.

A tree has the same keys in a folder and in a bucket: a backup of one is restored into the other, and one moves to the
other (`files_move`).
"""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from cms.vault.bucket import Bucket
from cms.vault.shelves import BODIES, MEDIA, PART, bucket_at, is_bucket

PIECE_BYTES = 1024 * 1024


class Tree(Protocol):
    """Files by key. What is not there is `FileNotFoundError`, any other trouble `OSError`."""

    def names(self) -> Iterator[str]: ...

    def open(self, key: str) -> AbstractContextManager[IO[bytes]]: ...

    def put(self, key: str, body: IO[bytes]) -> None: ...

    def pack(self, tar: tarfile.TarFile, name: str) -> None:
        """Add every file to an archive, under a name."""
        ...

    def unpack(self, folder: Path) -> None:
        """Take every file of a folder, which is left empty or gone."""
        ...


@dataclass(frozen=True)
class FolderTree:
    folder: Path
    mode: int = 0o755

    def names(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.name.endswith(PART):
                yield path.relative_to(self.folder).as_posix()

    def open(self, key: str) -> AbstractContextManager[IO[bytes]]:
        return (self.folder / key).open("rb")

    def put(self, key: str, body: IO[bytes]) -> None:
        path = self.folder / key
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=self.mode, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}{PART}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, self.mode & 0o666), "wb") as file:
            shutil.copyfileobj(body, file, PIECE_BYTES)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)

    def pack(self, tar: tarfile.TarFile, name: str) -> None:
        if self.folder.is_dir():
            tar.add(self.folder, arcname=name)

    def unpack(self, folder: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.move(folder, self.folder)  # the two folders may stand on two disks
        self.folder.chmod(self.mode)


@dataclass(frozen=True)
class BucketTree:
    bucket: Bucket
    are_bodies: bool
    """In a folder, a body stands under the first two letters of its name."""

    def names(self) -> Iterator[str]:
        for entry in self.bucket.entries():
            yield f"{entry.key[:2]}/{entry.key}" if self.are_bodies else entry.key

    def open(self, key: str) -> AbstractContextManager[IO[bytes]]:
        return self.bucket.open(self._held(key))

    def put(self, key: str, body: IO[bytes]) -> None:
        self.bucket.put(self._held(key), body)

    def pack(self, tar: tarfile.TarFile, name: str) -> None:
        for key in self.names():
            try:
                member = tarfile.TarInfo(f"{name}/{key}")
                member.size = self.bucket.entry(self._held(key)).size
                member.mode = 0o600
                with self.open(key) as body:
                    tar.addfile(member, body)
            except FileNotFoundError:  # removed since it was listed
                continue

    def unpack(self, folder: Path) -> None:
        source = FolderTree(folder)
        for key in source.names():
            with source.open(key) as body:
                self.put(key, body)

    def _held(self, key: str) -> str:
        return key.rpartition("/")[2] if self.are_bodies else key


def trees(address: Path | str | None = None) -> dict[str, Tree]:
    """Return what stands beside the database, or at another address: published files, and bodies, encrypted."""
    place = address or settings.HAVRE_FILES
    if is_bucket(place):
        return {
            "media": BucketTree(bucket_at(place, MEDIA), are_bodies=False),
            "files": BucketTree(bucket_at(place, BODIES), are_bodies=True),
        }
    return {"media": FolderTree(Path(settings.MEDIA_ROOT)), "files": FolderTree(Path(place), mode=0o700)}


def is_empty(tree: Tree) -> bool:
    return next(tree.names(), None) is None


def digest(tree: Tree, key: str) -> str | None:
    """Hash of a file, None when it is not there."""
    found = hashlib.sha256()
    try:
        with tree.open(key) as body:
            while piece := body.read(PIECE_BYTES):
                found.update(piece)
    except FileNotFoundError:
        return None
    return found.hexdigest()
