"""What the coordination sets without a developer: each app makes its own objects known, one page lists them all.

A `Trail` says where the versions of an object stand and how one of them is put in force again: through the service of
its screen, so that a version taken back obeys the rules of any other change.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cms.values.models import ConfigVersion

LONGEST = 500
"""Versions read at once, the latest first."""


@dataclass(frozen=True)
class Version:
    """One version of one object. `content` is what `restore` takes; `None`: the object was not there."""

    id: str
    key: str
    content: Any
    at: dt.datetime
    by_id: UUID | None
    reason: str


@dataclass(frozen=True)
class Trail:
    """`kept`: versions, the latest first, of one object or of all. `words`: what a content says, label by label.

    `origin`: what the code says of an object that nobody has changed. `restore` takes the key of the object, the
    content, a reason and the account; `restored` is what is said once done. `impact` says what a content would move.
    """

    kept: Callable[[str], list[Version]]
    name: Callable[[str], str]
    words: Callable[[str, Any], Mapping[str, str]]
    restore: Callable[[str, Any, str, Any], object]
    origin: Callable[[str], Any] = lambda key: None
    impact: Callable[[str, Any], list[str]] = lambda key, content: []
    restored: str = "Cette version est de nouveau en vigueur."
    may_restore: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Editable:
    """One line of the page of settings. `effect` says what it changes; `part` is its part of the configuration file,
    or `not_in_file` says why it has none.
    """

    code: str
    label: str
    effect: str
    url: Callable[[], str]
    group: str
    order: int
    is_open: Callable[[Any], bool]
    trail: Trail | None = None
    part: str = ""
    not_in_file: str = ""
    models: tuple[str, ...] = ()


_registry: dict[str, Editable] = {}


def editable_register(*items: Editable) -> None:
    for item in items:
        _registry[item.code] = item


def editables() -> list[Editable]:
    return sorted(_registry.values(), key=lambda item: item.order)


def editable_get(code: str) -> Editable | None:
    return _registry.get(code)


def kept_of_part(part: str) -> Callable[[str], list[Version]]:
    """Versions that `version_keep` wrote for a part."""

    def versions(key: str) -> list[Version]:
        rows = ConfigVersion.objects.filter(part=part, **({"key": key} if key else {}))[:LONGEST]
        return [
            Version(str(row.pk), row.key, row.content, row.changed_at, row.changed_by_id, row.reason) for row in rows
        ]

    return versions


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Label, what it said, what it says: only what differs, in the order of the labels."""
    labels = [*after, *(label for label in before if label not in after)]
    changed = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [line for line in changed if line[1] != line[2]]
