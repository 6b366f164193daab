import base64
import binascii
import fcntl
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class KeyringError(Exception):
    """The key ring is missing or unreadable. The message is for the operator and holds no secret."""


@dataclass(frozen=True)
class Keyring:
    """Keys of the sealed fields: the first one writes, every one of them reads. None of them is in the database."""

    secrets_by_id: Mapping[str, bytes] = field(repr=False)
    index_secret: bytes = field(repr=False)

    @property
    def writing_id(self) -> str:
        return next(iter(self.secrets_by_id))

    def subkey(self, key_id: str, column: str) -> bytes:
        """Key of 32 bytes for one column (`app.model.field`). Raises `KeyError` when the ring has no such key."""
        return _derive(self.secrets_by_id[key_id], f"havre|hv1|{key_id}|{column}")


@lru_cache(maxsize=1024)
def _derive(secret: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info.encode()).derive(secret)


def keyring() -> Keyring:
    """Return the ring of `settings.HAVRE_KEYRING`, read again when its file changes. Raise `KeyringError`."""
    return keyring_load(Path(settings.HAVRE_KEYRING))


def keyring_load(path: Path) -> Keyring:
    """Read and check a key ring file. Raises `KeyringError`."""
    try:
        state = path.stat()
    except OSError:
        return _load(path, 0, 0)
    # A key added by another process is read at once: waiting for a restart, rows sealed with it would not open.
    return _load(path, state.st_ino, state.st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, inode: int, changed_ns: int) -> Keyring:
    try:
        return _ring(_content(path))
    except ValueError as error:
        raise _invalid(path, str(error)) from None


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        raise KeyringError(
            f"Le trousseau de clés {path} est introuvable. Indiquez son emplacement par HAVRE_KEYRING, "
            "ou rétablissez-le depuis sa sauvegarde : sans lui, les identités restent illisibles."
        ) from None
    except OSError as error:
        raise KeyringError(f"Le trousseau de clés {path} ne peut pas être lu : {error.strerror}.") from None
    except ValueError:
        raise _invalid(path, "ce n’est pas un fichier JSON") from None


def _invalid(path: Path, why: str) -> KeyringError:
    return KeyringError(f"Le trousseau de clés {path} n’est pas valable : {why}. Rétablissez-le depuis sa sauvegarde.")


def _ring(content: Any) -> Keyring:
    """Check the content of the file. Raise `ValueError` with a reason that holds no secret."""
    keys = content.get("keys") if isinstance(content, dict) else None
    if not isinstance(keys, list) or not keys:
        raise ValueError("il ne contient aucune clé")
    secrets_by_id: dict[str, bytes] = {}
    for rank, key in enumerate(keys, start=1):
        key_id = key.get("id") if isinstance(key, dict) else None
        if not isinstance(key_id, str) or not KEY_ID.fullmatch(key_id):
            raise ValueError(f"l’identifiant de la clé {rank} est absent ou mal formé")
        if key_id in secrets_by_id:
            raise ValueError(f"la clé {key_id} y figure deux fois")
        secrets_by_id[key_id] = _secret(key.get("secret"), f"le secret de la clé {key_id}")
    return Keyring(secrets_by_id, _secret(content.get("index_secret"), "le secret des recherches (index_secret)"))


def _secret(text: Any, what: str) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except (TypeError, ValueError, binascii.Error):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ValueError(f"{what} doit compter {KEY_BYTES} octets en base64")
    return secret


def keyring_create(path: Path | str, *, fictitious: bool = False) -> None:
    """Create a ring of one new key, readable by its owner alone. Raises `KeyringError` if the file exists.

    A fictitious ring says so for good: production refuses it.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"keys": [_new_key("k1")], "index_secret": _new_secret()}
    try:
        _write_new(path, {"fictitious": True, **content} if fictitious else content)
    except FileExistsError:
        raise KeyringError(
            f"Le trousseau de clés {path} existe déjà : le remplacer rendrait les identités illisibles."
        ) from None


def keyring_is_fictitious(path: Path | str) -> bool:
    """Return whether a ring was made for a demonstration or for tests. Raise `KeyringError` when it cannot be read."""
    keyring_load(Path(path))
    return bool(_content(Path(path)).get("fictitious"))


def keyring_rotate(path: Path | str) -> str:
    """Put a new key first in the ring, which then writes; the others stay and read. Return its id.

    The file is replaced in one move by a whole and checked one. Raises `KeyringError`; the ring is then as it was.
    """
    path = Path(path)
    keyring_load(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # two rotations at once would each forget the other's key
        content = _content(path)
        before = _ring(content)
        key_id = _next_id(before.secrets_by_id)
        content["keys"].insert(0, _new_key(key_id))
        building = path.with_name(f"{path.name}.new")
        building.unlink(missing_ok=True)
        _write_new(building, content)
        _hand_over(building, path)
        if list(_ring(_content(building)).secrets_by_id.items())[1:] != list(before.secrets_by_id.items()):
            raise _invalid(building, "il ne contient pas toutes les clés de l’ancien")
        os.replace(building, path)
        os.fsync(folder)
    except (OSError, ValueError) as error:
        raise KeyringError(f"Le trousseau de clés {path} n’a pas pu être changé : {error}. Il est intact.") from None
    finally:
        os.close(folder)
    return key_id


def _next_id(known: Mapping[str, bytes]) -> str:
    ranks = [int(key_id[1:]) for key_id in known if re.fullmatch(r"k[0-9]{1,9}", key_id)]
    return f"k{max(ranks, default=0) + 1}"


def _hand_over(building: Path, path: Path) -> None:
    """Give the new file to whoever owns the ring: rotated by root, it must still be read by the service."""
    owner = path.stat()
    if os.geteuid() == 0:
        os.chown(building, owner.st_uid, owner.st_gid)


def _write_new(path: Path, content: Any) -> None:
    """Write a file that its owner alone reads, down to the disk. Raises `FileExistsError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def _new_key(key_id: str) -> dict[str, str]:
    return {"id": key_id, "secret": _new_secret(), "created_on": date.today().isoformat()}


def _new_secret() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
