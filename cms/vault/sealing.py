import base64
import binascii
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cms.vault.keyring import keyring

PREFIX = "hv1"
NONCE_BYTES = 12
_purposes: dict[str, None] = {}
_LOOKS_SEALED = re.compile(r"\W*hv\d+\s*:", re.IGNORECASE)


class SealError(Exception):
    """A sealed value cannot be opened: changed, moved from another column, or sealed with a key that is not here.

    `reason` says it in French, without the value.
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class SealedStr(str):
    """Text that came out of a seal: it reads as any text, but its `repr` (logs, error pages) shows nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "‹scellé›"


def purpose_register(purpose: str) -> str:
    """Declare what a seal is bound to, and return it: a sealed field, or a place that holds tokens of its own.

    What nobody declared is refused by `seal`: nothing could open the token again when keys change.
    """
    _purposes[purpose] = None
    return purpose


def purposes() -> list[str]:
    return list(_purposes)


def looks_sealed(text: str) -> bool:
    """Whether a text could be taken for a token: such a text is never accepted as input."""
    return _LOOKS_SEALED.match(text) is not None


def seal(clear: bytes, column: str) -> str:
    """Return the token `hv1:<key id>:<base64>` that only the same column (`app.model.field`) opens.

    AES-256-GCM, writing key. Raise `ValueError` for a column that was not declared.
    """
    if column not in _purposes:
        raise ValueError(f"{column}: declare it with purpose_register")
    ring = keyring()
    key_id = ring.writing_id
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(ring.subkey(key_id, column)).encrypt(nonce, clear, _bound_to(key_id, column))
    return f"{PREFIX}:{key_id}:{base64.b64encode(nonce + box).decode()}"


def key_of(token: str) -> str:
    """Id of the key that a token names; empty when the text is not a token."""
    prefix, _, rest = token.partition(":")
    return rest.partition(":")[0] if prefix == PREFIX else ""


def unseal(token: str, column: str) -> bytes:
    """Open a token sealed for this column. Raises `SealError`."""
    prefix, _, rest = token.partition(":")
    key_id, _, body = rest.partition(":")
    if prefix != PREFIX:
        raise SealError(f"{column}: the stored value is not sealed", "la valeur enregistrée n’est pas scellée")
    try:
        key = keyring().subkey(key_id, column)
    except KeyError:
        why = f"la clé {key_id} n’est pas dans le trousseau : rétablissez-la depuis sa sauvegarde"
        raise SealError(f"{column}: sealed with a key that the ring does not hold", why) from None
    try:
        box = base64.b64decode(body, validate=True)
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], _bound_to(key_id, column))
    except (binascii.Error, ValueError, InvalidTag):
        why = "la valeur scellée a été modifiée ou déplacée"
        raise SealError(f"{column}: the sealed value was changed or moved", why) from None


def _bound_to(key_id: str, column: str) -> bytes:
    return f"{PREFIX}:{key_id}:{column}".encode()
