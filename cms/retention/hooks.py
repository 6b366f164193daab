"""What stands outside the database and goes with an object (attached files): its app registers how to destroy it."""

import uuid
from collections.abc import Callable

_destroyers: list[Callable[[str, uuid.UUID], None]] = []


def attached_register(destroy: Callable[[str, uuid.UUID], None]) -> None:
    """`destroy(kind, object_id)` runs in the transaction that erases the object; files go once it is committed."""
    _destroyers.append(destroy)


def attached_destroy(kind: str, object_id: uuid.UUID) -> None:
    for destroy in _destroyers:
        destroy(kind, object_id)
