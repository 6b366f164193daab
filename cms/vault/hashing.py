import hashlib
import hmac
import re
import unicodedata

from cms.vault.keyring import keyring

# Letters that Unicode does not take apart into a letter and its accent.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """One form for every way of writing a name: no accent, no capital, words apart by one space and in order.

    « Jean-Éric N’DIAYE » and « n diaye ERIC jean » have the same form.
    """
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(sorted(_WORD.findall(letters)))


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA-256 of the normalised text, 64 hexadecimal digits, for exact look-ups without opening any seal.

    Hashes of two purposes (`name`, `phone`) cannot be compared. Empty when nothing remains of the text once
    normalised: an empty hash designates nobody and must not be looked up. Never shown: names are few, and guessable
    by whoever holds the key.
    """
    normalised = normalise(text)
    if not normalised:
        return ""
    return hmac.new(keyring().index_secret, f"{purpose}\0{normalised}".encode(), hashlib.sha256).hexdigest()


def exact_hash(text: str, purpose: str) -> str:
    """HMAC-SHA-256 of the text as it stands, to know later whether it has changed without keeping it."""
    return hmac.new(keyring().index_secret, f"{purpose}\0exact\0{text}".encode(), hashlib.sha256).hexdigest()
