"""What the one search finds: documents made of articles, by their title."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from cms.documents.signatures.selectors import documents_standing
from cms.navigation.search import Door, Group, Hit, search_register


def documents_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in documents_standing():
        label = row.document.title
        if row.in_force and words.lower() in label.lower():
            yield Hit(label, reverse("documents:read", args=[row.document.kind]), f"version {row.in_force.number}")


def register() -> None:
    for door in Door:
        search_register(door, Group.PAGES, documents_found)
