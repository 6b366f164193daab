"""Canonical writing of a content, and its hash: the same words give the same bytes on every machine."""

import hashlib
import json
import unicodedata
from typing import Any


def normalised(value: Any) -> Any:
    """Return the same content with every text in Unicode form NFC, keys included."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normalised(key): normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normalised(item) for item in value]
    return value


def canonical(value: Any) -> bytes:
    """UTF-8 JSON, keys sorted, no space, texts in NFC."""
    text = json.dumps(normalised(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical writing, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
