"""The configuration in one file: each app makes its part known, and another instance loads the whole.

A file holds what is in force, never the rows of anybody. Loading goes through the services of the screens: what is
already so is left alone, what differs becomes a new version, and the journal says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

FORMAT = "havre-configuration-1"
REASON = "Configuration chargée d’un fichier"


@dataclass(frozen=True)
class Part:
    """`dump` says what is in force, in the order of its keys; `load` makes it so and answers how many rows changed.

    `load` takes the account under which the change is made.
    """

    code: str
    label: str
    dump: Callable[[], Any]
    load: Callable[[Any, Any], int]
    order: int


_parts: dict[str, Part] = {}


def config_register(
    code: str, label: str, dump: Callable[[], Any], load: Callable[[Any, Any], int], *, order: int
) -> None:
    """Parts load in `order`: values before what points at them."""
    _parts[code] = Part(code, label, dump, load, order)


def config_parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: part.order)


def config_dump() -> dict[str, Any]:
    return {"format": FORMAT, **{part.code: part.dump() for part in config_parts()}}


def config_load(content: Any, by: Any) -> dict[str, int]:
    """How many rows each part changed, by its name. Raises `ValidationError` for a file that is no configuration."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValidationError("Ce fichier n’est pas une configuration de Havre, ou vient d’une autre version.")
    unknown = set(content) - {"format", *_parts}
    if unknown:
        raise ValidationError(f"Ce fichier a des parties inconnues ici : {', '.join(sorted(unknown))}.")
    return {part.label: part.load(content[part.code], by) for part in config_parts() if part.code in content}
