"""Registry of the one search: each app registers what it finds, for the admin or for the portal.

A source reads under the scope of whoever asks: what one may not open is not found. Names of minors have no source:
they are searched in the files, with a reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

LEAST, MOST = 2, 80
"""Characters of a search: below, nothing is asked; above, it is no name."""
SHOWN = 4
"""Lines of a group."""
REFERENCE = re.compile(r"(?P<letter>[a-z]{1,2})[-\s]?(?:(?P<year>\d{4})[-\s])?(?P<number>\d{1,4})", re.IGNORECASE)


class Door(Enum):
    ADMIN = "admin"
    PORTAL = "portal"


class Group(Enum):
    """Groups in the order of the page, with their title."""

    FILES = "Dossiers et demandes"
    PARTNERS = "Structures et services"
    PEOPLE = "Personnes du réseau"
    SCREENS = "Écrans et réglages"
    PAGES = "Documents, formation et pages"


@dataclass(frozen=True)
class Hit:
    """One line: what is found, what says which one it is, and where it opens."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    group: Group
    hits: list[Hit]


Finder = Callable[[HttpRequest, str], Iterable[Hit]]

_sources: list[tuple[Door, Group, Finder]] = []


def search_register(door: Door, group: Group, find: Finder) -> None:
    """Add a source. `find` receives the words, trimmed, two characters at least, and gives its best lines first."""
    _sources.append((door, group, find))


def words_asked(request: HttpRequest) -> str:
    """Return the words of the search; empty when there are too few."""
    words = " ".join(request.GET.get("q", "").split())[:MOST]
    return words if len(words) >= LEAST else ""


def search(request: HttpRequest, words: str, door: Door) -> list[Found]:
    """Return the groups where something is found, in the order of the page."""
    found: dict[Group, list[Hit]] = {group: [] for group in Group}
    for source_door, group, find in _sources:
        if source_door is door and words:
            found[group] += find(request, words)
    return [Found(group, best(hits, words)) for group, hits in found.items() if hits]


def best(hits: Iterable[Hit], words: str) -> list[Hit]:
    """Return the lines shown: those that begin with the words first."""
    return sorted(hits, key=lambda hit: not hit.title.lower().startswith(words.lower()))[:SHOWN]


def exact(found: Iterable[Found], words: str) -> Hit | None:
    """Return the one file whose reference was typed whole."""
    asked = words.replace(" ", "-").lower()
    hits = [hit for part in found if part.group is Group.FILES for hit in part.hits if hit.title.lower() == asked]
    return hits[0] if len(hits) == 1 else None


def reference_asked(words: str, field: str = "reference") -> Q:
    """Return the condition on a reference: « S-2026-0175 », « s 175 », « s175 » and « 175 » find the same one."""
    holds = Q(**{f"{field}__icontains": words.replace(" ", "-")})
    if typed := REFERENCE.fullmatch(words):
        begins = f"{typed['letter']}-{typed['year'] or ''}"
        return holds | Q(**{f"{field}__istartswith": begins, f"{field}__endswith": f"-{int(typed['number']):04d}"})
    return holds


def screens_matching(screens: Iterable[tuple[str, str]], words: str, note: str = "") -> Iterator[Hit]:
    """Return the screens, given as (label, url), whose label holds the words."""
    return (Hit(label, url, note) for label, url in screens if words.lower() in label.lower())


def page_hits(names: Iterable[tuple[str, str]], words: str, note: str) -> Iterator[Hit]:
    """Return the pages, given as (label, name of their address), whose label holds the words."""
    return screens_matching(((label, reverse(name)) for label, name in names), words, note)
