"""Pages and sentences of notices that the capabilities above know: each gives its own in `ready()`."""

import uuid
from collections.abc import Callable, Collection, Mapping

from django.urls import reverse

Page = Callable[[uuid.UUID], str]
Sentences = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]

_pages: dict[str, Page] = {}
_said: dict[str, Sentences] = {}


def notice_page_register(name: str, page: Page) -> None:
    """Register where a notice leads, when an object alone does not say it. It runs in the scope of the reader."""
    _pages[name] = page


def notice_said_register(kinds: Collection[str], sentences: Sentences) -> None:
    """Register what the inbox says of these kinds, to those who may read it."""
    for kind in kinds:
        _said[kind] = sentences


def page_of(name: str, object_id: uuid.UUID) -> str:
    return _pages[name](object_id) if name in _pages else reverse(name, args=[object_id])


def said_of(kind: str, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    return _said[kind](ids) if kind in _said else {}
