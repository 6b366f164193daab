import base64
import binascii
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
    """The ring of `settings.HAVRE_KEYRING`, read once per process. Raises `KeyringError`."""
    return keyring_load(Path(settings.HAVRE_KEYRING))


@lru_cache(maxsize=4)
def keyring_load(path: Path) -> Keyring:
    """Read and check a key ring file. Raises `KeyringError`."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise KeyringError(
            f"Le trousseau de clés {path} est introuvable. Indiquez son emplacement par HAVRE_KEYRING, "
            "ou rétablissez-le depuis sa sauvegarde : sans lui, les identités restent illisibles."
        ) from None
    except OSError as error:
        raise KeyringError(f"Le trousseau de clés {path} ne peut pas être lu : {error.strerror}.") from None
    except ValueError:
        raise _invalid(path, "ce n’est pas un fichier JSON") from None
    try:
        return _ring(content)
    except ValueError as error:
        raise _invalid(path, str(error)) from None


def _invalid(path: Path, why: str) -> KeyringError:
    return KeyringError(f"Le trousseau de clés {path} n’est pas valable : {why}. Rétablissez-le depuis sa sauvegarde.")


def _ring(content: Any) -> Keyring:
    """Raises `ValueError` with a reason that holds no secret."""
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


def keyring_create(path: Path | str) -> None:
    """Create a ring of one new key, readable by its owner alone. Raises `KeyringError` if the file exists."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "keys": [{"id": "k1", "secret": _new_secret(), "created_on": date.today().isoformat()}],
        "index_secret": _new_secret(),
    }
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyringError(
            f"Le trousseau de clés {path} existe déjà : le remplacer rendrait les identités illisibles."
        ) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def _new_secret() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
