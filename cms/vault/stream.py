"""One encrypted file, written and read by pieces: AES-256-GCM, each piece bound to its rank and to being the last."""

import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT_BYTES = 16
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
FEWEST_BYTES = 20


class StreamError(Exception):
    """The file or its key is not the right one. The message says what to do."""


@dataclass(frozen=True)
class StreamFormat:
    """First bytes of a file, how a secret becomes its key, and what is said of a file that does not open."""

    magic: bytes
    derive: Callable[[bytes, bytes], bytes]
    not_one: str
    closed: str


def _from_passphrase(secret: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(secret)


def _from_key(secret: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"havre|stream").derive(secret)


BACKUP = StreamFormat(
    b"HAVREBK1",
    _from_passphrase,
    "Ce fichier n’est pas une sauvegarde de Havre, ou son début manque.",
    "La sauvegarde ne s’ouvre pas : ce n’est pas la bonne clé, ou le fichier est abîmé ou incomplet. "
    "Vérifiez le fichier de clé, ou reprenez une autre copie.",
)
"""The secret is a passphrase: guessing it is made slow."""
BODY = StreamFormat(
    b"HAVREFL1",
    _from_key,
    "ce fichier n’a pas été écrit par Havre, ou son début manque",
    "il est abîmé ou incomplet, ou ce n’est pas sa clé",
)
"""The body of an attachment. The secret is 32 random bytes: slowness would protect nothing."""
MAGIC = BACKUP.magic


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

    def __init__(self, file: IO[bytes], secret: bytes, form: StreamFormat = BACKUP) -> None:
        salt = os.urandom(SALT_BYTES)
        self._file, self._form, self._rank, self._waiting = file, form, 0, bytearray()
        # The salt makes a key of its own for each file: a rank is never used twice under one key.
        self._box = AESGCM(form.derive(secret, salt))
        file.write(form.magic + salt)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE_BYTES:
            self._put(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]
        return len(data)

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, clear: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._rank), clear, _bound_to(self._form, last=last)))
        self._rank += 1


def unsealed(file: IO[bytes], secret: bytes, form: StreamFormat = BACKUP) -> Iterator[bytes]:
    """Clear pieces of a file. Raises `StreamError` for another key, a changed byte, a missing or an added end."""
    head = file.read(len(form.magic) + SALT_BYTES)
    if not head.startswith(form.magic) or len(head) != len(form.magic) + SALT_BYTES:
        raise StreamError(form.not_one)
    box, rank = AESGCM(form.derive(secret, head[len(form.magic) :])), 0
    piece = file.read(PIECE_BYTES + TAG_BYTES)
    while True:
        following = file.read(PIECE_BYTES + TAG_BYTES)
        try:
            yield box.decrypt(_nonce(rank), piece, _bound_to(form, last=not following))
        except (InvalidTag, ValueError):
            raise StreamError(form.closed) from None
        if not following:
            return
        piece, rank = following, rank + 1


def _nonce(rank: int) -> bytes:
    return struct.pack(">4xQ", rank)


def _bound_to(form: StreamFormat, *, last: bool) -> bytes:
    return form.magic + (b"last" if last else b"more")
