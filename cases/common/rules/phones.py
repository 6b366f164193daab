"""Telephone lines, normalised and hashed, to compare them without opening any seal."""

import re

from cms.vault.hashing import keyed_hash


def line_digits(phone: str) -> str:
    """Return the digits dialled in France, however the number is written: « +33 1 99 00 12 34 » is 0199001234."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", phone))
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits.removeprefix(prefix)
    return digits


def line_digest(phone: str) -> str:
    """Return the keyed hash of a line, to compare lines without opening any seal. Empty for no number."""
    return keyed_hash(line_digits(phone), "callback")
