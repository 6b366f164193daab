"""The number that a requester dials when the screen is not enough, and the line on which one is called back."""

import re

from cms.values.settings import setting_register, setting_still_register, setting_value
from cms.vault.hashing import keyed_hash

ON_CALL = "cases.on_call_phone"


def register() -> None:
    setting_register(
        ON_CALL,
        "Téléphone de l’astreinte du réseau",
        "",
        help="Affiché sur les pages de demande et de déclaration. Vide : il n’y paraît pas.",
    )
    setting_still_register(**{ON_CALL: "Affiché aussitôt sur les pages de demande et de déclaration."})


def on_call_phone() -> str:
    return setting_value(ON_CALL)


def line_digits(phone: str) -> str:
    """Return the digits dialled in France, however the number is written: « +33 1 99 00 12 34 » is 0199001234."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", phone))
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits.removeprefix(prefix)
    return digits


def line_digest(phone: str) -> str:
    """Keyed hash of a line, to know that it was given before without opening any seal. Empty for no number."""
    return keyed_hash(line_digits(phone), "callback")
