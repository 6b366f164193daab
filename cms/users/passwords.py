"""Passwords in two halves: the account bears how one is hashed, the database alone what comes out, as a digest.

Who reads accounts reads a salt. To check a password, the process hashes it again and the database compares.
"""

import base64
import hashlib
import uuid
from typing import Any

from argon2.low_level import Type, hash_secret
from django.contrib.auth.hashers import get_hasher, is_password_usable

from cms.kit.bound import bound_cursor


def halves(encoded: str) -> tuple[str, str]:
    """Split what Django would keep: what the account bears, and the digest of the rest; empty without a rest."""
    if not is_password_usable(encoded):
        return encoded, ""
    head, mark, rest = encoded.rpartition("$")
    return head + mark, digest_of(rest) if rest else ""


def digest_of(rest: str) -> str:
    """Digest what is hashed already, and slowly: a quick one is enough."""
    return hashlib.sha256(rest.encode()).hexdigest()


def hashed_again(raw: str, head: str) -> str:
    """Hash a password as the account says; return what Django would have kept."""
    algorithm, *settings, salt = head.removesuffix("$").split("$")
    hasher: Any = get_hasher(algorithm)
    if algorithm == "argon2":
        numbers = dict(pair.split("=") for pair in settings[-1].split(","))
        encoded = hash_secret(
            raw.encode(),
            base64.b64decode(salt + "=" * (-len(salt) % 4)),
            time_cost=int(numbers["t"]),
            memory_cost=int(numbers["m"]),
            parallelism=int(numbers["p"]),
            hash_len=hasher.params().hash_len,
            type=Type.ID,
        )
        return f"argon2{encoded.decode()}"
    return hasher.encode(raw, salt, *map(int, settings))


def password_holds(user_id: uuid.UUID, encoded: str) -> bool:
    """Ask the database whether what a password gives is what it keeps."""
    with bound_cursor() as cursor:
        cursor.execute("SELECT password_holds(%s, %s)", [user_id, halves(encoded)[1]])
        holds: bool = cursor.fetchone()[0]
    return holds
