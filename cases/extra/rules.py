"""Codes drawn from the words of a question and of its choices."""

import re
import unicodedata
from typing import Any


def code_of(label: str) -> str:
    """Return the code of a label: « Téléphone du tuteur » → `telephone_du_tuteur`."""
    text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "_", text).strip("_")[:30].strip("_")
    return code if code[:1].isalpha() else f"champ_{code}"[:30].strip("_")


def choices_read(lines: list[str], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the choices in their order. One that is no longer named is retired: its answers keep their label."""
    by_label = {item["label"]: item["code"] for item in known}
    used = {item["code"] for item in known}
    choices = []
    for label in lines:
        code = by_label.get(label)
        if code is None:
            code = _free_code(code_of(label), used)
            used.add(code)
        choices.append({"code": code, "label": label, "is_retired": False})
    offered = {item["code"] for item in choices}
    return [*choices, *({**item, "is_retired": True} for item in known if item["code"] not in offered)]


def _free_code(code: str, used: set[str]) -> str:
    number, free = 2, code
    while free in used:
        free, number = f"{code[:26]}_{number}", number + 1
    return free
