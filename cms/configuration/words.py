"""Versions of what the coordination sets: who, when, why, and what differs, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from cms.kit.blocks import Action, Cell, Listing
from cms.kit.words import moment
from cms.users.models import User
from cms.values.editable import Editable, Trail, Version, differences, editable_get

ORIGIN = "origine"
SHOWN = 100
LONGEST_WORDS = 160


@dataclass(frozen=True)
class Change:
    """A version beside the one before: `lines` are label, what it said, what it says."""

    version: Version
    lines: list[tuple[str, str, str]]
    is_current: bool
    is_first: bool = False
    """Nothing stood before: it is said in full where it is restored, not in the list."""


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in={pk for pk in ids if pk})}


def words_of(trail: Trail, key: str, content: Any) -> Mapping[str, str]:
    return {} if content is None else trail.words(key, content)


def changes_of(trail: Trail, key: str = "") -> list[Change]:
    """Versions of one object, or of all, the latest first."""
    changes: list[Change] = []
    later: dict[str, Version] = {}
    rows = trail.kept(key)
    before: dict[str, Version] = {}
    for row in reversed(rows):  # from the oldest, so that each meets the one that it replaced
        previous = before.get(row.key)
        replaced = previous.content if previous else trail.origin(row.key)
        lines = differences(words_of(trail, row.key, replaced), words_of(trail, row.key, row.content))
        changes.append(Change(row, lines, False, replaced is None))
        before[row.key] = row
    for change in reversed(changes):
        later.setdefault(change.version.key, change.version)
    return [replace(item, is_current=later[item.version.key] is item.version) for item in reversed(changes)]


def content_now(trail: Trail, key: str) -> Any:
    rows = trail.kept(key)
    return rows[0].content if rows else trail.origin(key)


def version_get(trail: Trail, key: str, version: str) -> Version | None:
    """Return a version of an object, or what the code says of it."""
    if version == ORIGIN:
        origin = trail.origin(key)
        return None if origin is None else Version(ORIGIN, key, origin, timezone.now(), None, "")
    return next((row for row in trail.kept(key) if row.id == version), None)


def line_words(lines: list[tuple[str, str, str]]) -> str:
    """« Libellé : « a » devient « b » », one after the other."""
    return " ; ".join(_line(*line) for line in lines) or "rien ne diffère"


def _line(label: str, old: str, new: str) -> str:
    if not old:
        return f"{label} : {_short(new)}"
    return f"{label} : {_short(old)} → {_short(new) if new else 'retiré'}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS].rstrip()}…"


def _restore_action(item: Editable, key: str, version: str) -> list[Action]:
    if item.trail is None or not item.trail.may_restore():
        return []
    url = reverse("havre_config:restore", args=[item.code])
    return [Action("Rétablir", f"{url}?objet={key}&version={version}")]


def versions_listing(code: str, key: str = "") -> Listing | None:
    """Return the versions of one object under its own form, or of all on the page of versions."""
    item = editable_get(code)
    if item is None or item.trail is None:
        return None
    trail = item.trail
    changes = changes_of(trail, key)[:SHOWN]
    names = names_of(change.version.by_id for change in changes)
    rows, actions = [], []
    for change in changes:
        version = change.version
        named = [] if key else [Cell(trail.name(version.key), f"?objet={version.key}")]
        who = names.get(version.by_id, "–") if version.by_id else "–"
        difference = "Première version" if change.is_first else line_words(change.lines)
        rows.append((moment(version.at), *named, difference, version.reason or "–", who))
        is_back = change.is_current or version.content is None
        actions.append([] if is_back else _restore_action(item, version.key, version.id))
    if key and (origin := trail.origin(key)) is not None:
        difference = " ; ".join(f"{label} : {_short(text)}" for label, text in trail.words(key, origin).items())
        rows.append(("D’origine", difference, "–", "–"))
        actions.append(_restore_action(item, key, ORIGIN) if changes else [])
    headings = ("Depuis le", *([] if key else ["Objet"]), "Ce qui a changé", "Pourquoi", "Par")
    return Listing("Versions", headings, rows, "Aucun changement n’est encore gardé.", actions if any(actions) else ())
