"""What the one search finds: the exigences of the référentiel in force, by their words or their code."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.navigation.search import SHOWN, Door, Group, Hit, search_register
from referentiel.reading.selectors import exigences_search

LONGEST = 90
"""Characters of an exigence shown on its line."""


def exigences_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    version = version_in_force(DocumentKind.REFERENTIEL)
    for row in exigences_search(version, words)[:SHOWN] if version else ():
        text = "".join(piece for piece, _ in row.text)
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
        yield Hit(f"{row.code} {shown}", reverse("referentiel:exigence", args=[row.code]), "référentiel")


def register() -> None:
    for door in Door:
        search_register(door, Group.PAGES, exigences_found)
