"""Rows of the lists of the admin in the one search: those that the list itself would show to whoever asks."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.admin.utils import quote
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from cms.journal.services import journal_read
from cms.navigation.search import SHOWN, Finder, Hit, reference_asked

if TYPE_CHECKING:
    from cms.admin.viewsets import ScopedSnippetViewSet


def rows_finder(viewset_class: "type[ScopedSnippetViewSet]") -> Finder:
    """Return the source of the one search for a list. The journal keeps that files were found, as for the list."""
    viewset = viewset_class()
    numbered = all(is_reference(field) for field in viewset.search_fields)

    def find(request: HttpRequest, words: str) -> Iterator[Hit]:
        if numbered and not any(letter.isdigit() for letter in words):
            return
        rows = list(viewset.get_queryset(request).filter(matching(viewset.search_fields, words))[:SHOWN])
        if rows and viewset.is_file:
            journal_read(viewset.journal_kind, None, details={"count": len(rows)})
        for row in rows:
            url = reverse(f"{viewset.admin_url_namespace}:inspect", args=[quote(row.pk)])
            yield Hit(str(row), url, viewset.search_note(row))

    return find


def is_reference(field: str) -> bool:
    return field.split("__")[-1] == "reference"


def matching(fields: list[str], words: str) -> Q:
    conditions = [
        reference_asked(words, field) if is_reference(field) else Q(**{f"{field}__icontains": words})
        for field in fields
    ]
    return reduce(or_, conditions)
