"""One encrypted file, written and read by pieces: AES-256-GCM, each piece bound to its rank and to being the last."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"HAVREBK1"
SALT_BYTES = 16
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
FEWEST_BYTES = 20


class StreamError(Exception):
    """The file or its key is not the right one. The message says what to do."""


def secret_read(path: Path) -> bytes:
    """Passphrase of a key file, without the ends of line. Raises `StreamError`."""
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise StreamError(f"Le fichier de clé {path} ne peut pas être lu : {error.strerror}.") from None
    if len(secret) < FEWEST_BYTES:
        raise StreamError(f"Le fichier de clé {path} est trop court : {FEWEST_BYTES} caractères au moins.")
    return secret


class SealedWriter:
    """Write-only file whose pieces are encrypted as they fill. `close` marks the last one: without it, none opens."""

    def __init__(self, file: IO[bytes], secret: bytes) -> None:
        salt = os.urandom(SALT_BYTES)
        self._file, self._box, self._rank, self._waiting = file, _box(secret, salt), 0, bytearray()
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE_BYTES:
            self._put(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]
        return len(data)

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, clear: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._rank), clear, _bound_to(last=last)))
        self._rank += 1


def unsealed(file: IO[bytes], secret: bytes) -> Iterator[bytes]:
    """Clear pieces of a file. Raises `StreamError` for another key, a changed byte, a missing or an added end."""
    head = file.read(len(MAGIC) + SALT_BYTES)
    if not head.startswith(MAGIC) or len(head) != len(MAGIC) + SALT_BYTES:
        raise StreamError("Ce fichier n’est pas une sauvegarde de Havre, ou son début manque.")
    box, rank = _box(secret, head[len(MAGIC) :]), 0
    piece = file.read(PIECE_BYTES + TAG_BYTES)
    while True:
        following = file.read(PIECE_BYTES + TAG_BYTES)
        try:
            yield box.decrypt(_nonce(rank), piece, _bound_to(last=not following))
        except (InvalidTag, ValueError):
            raise StreamError(
                "La sauvegarde ne s’ouvre pas : ce n’est pas la bonne clé, ou le fichier est abîmé ou incomplet. "
                "Vérifiez le fichier de clé, ou reprenez une autre copie."
            ) from None
        if not following:
            return
        piece, rank = following, rank + 1


def _box(secret: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(secret))


def _nonce(rank: int) -> bytes:
    # The salt makes a key of its own for each file: a rank is never used twice under one key.
    return struct.pack(">4xQ", rank)


def _bound_to(*, last: bool) -> bytes:
    return MAGIC + (b"last" if last else b"more")
