"""`/api/content/v2/documents/`: frozen versions as their readers see them, never the names of who published them."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.api import DocumentDifferenceSerializer
from cms.documents.content.api.base import FROZEN, PublicRead
from cms.documents.content.rules import clause_html, found_in
from cms.documents.content.selectors import (
    clauses_served,
    page_address,
    pages_served,
    version_address,
    version_served,
    versions_in_force,
    versions_served,
)
from cms.documents.models import ClauseVersion, DocumentVersion
from cms.documents.pages.selectors import reader_of
from cms.documents.versions.rules.differences import difference
from cms.documents.versions.selectors import IN_ORDER
from cms.documents.visibility.selectors import page_texts
from cms.kit.addresses import address_of

LONGEST = 100
MOST_FOUND = 50


def version_head(version: DocumentVersion) -> dict[str, Any]:
    kind = version.document.kind
    return {
        "document": kind,
        "title": reader_of(kind).head(version.content).get("Titre", version.document.title),
        "number": version.number,
        "is_major": version.is_major,
        "change_note": version.change_note,
        "effective_on": version.effective_on,
        "published_at": version.published_at,
        "content_hash": version.content_hash,
        "locale": "fr",
        "detail_url": address_of("content:version", kind, version.number),
        "html_url": version_address(version),
    }


def clause_data(clause: ClauseVersion, kind: str) -> dict[str, Any]:
    texts = reader_of(kind).readable(clause.content)
    return {
        "code": clause.code,
        "chapter": clause.chapter,
        "position": clause.position,
        "title": texts.get("Titre", clause.code),
        "text": texts,
        "html": clause_html(kind, clause.content, texts),
        "content_hash": clause.content_hash,
    }


def version_data(version: DocumentVersion) -> dict[str, Any]:
    kind = version.document.kind
    return {
        **version_head(version),
        "text": reader_of(kind).head(version.content),
        "clauses": [clause_data(clause, kind) for clause in version.ordered_clauses],
    }


class Documents(PublicRead):
    """Documents that the scope reads, each in its version in force."""

    def get(self, request: Request) -> Response:
        items = [version_head(version) for version in versions_in_force()]
        return Response({"meta": {"total_count": len(items)}, "items": items})


class DocumentInForce(PublicRead):
    def get(self, request: Request, kind: str) -> Response:
        return Response(version_data(version_served(kind)))


class Versions(PublicRead):
    def get(self, request: Request, kind: str) -> Response:
        items = [version_head(version) for version in versions_served().filter(document__kind=kind)]
        if not items:
            raise Http404
        return Response({"meta": {"total_count": len(items)}, "items": items})


class Version(PublicRead):
    """One version, by its number or its hash."""

    kept = FROZEN

    def get(self, request: Request, kind: str, number: str = "", content_hash: str = "") -> Response:
        named = {"number": number} if number else {"content_hash": content_hash.lower()}
        return Response(version_data(version_served(kind, **named)))


class Difference(PublicRead):
    """What changed in a version since another, the previous one unless `since` says which."""

    kept = FROZEN
    known_parameters = frozenset({"since"})

    def get(self, request: Request, kind: str, number: str) -> Response:
        after, since = version_served(kind, number=number), request.GET.get("since")
        rows = versions_served().filter(document__kind=kind).prefetch_related(IN_ORDER)
        before = (rows.filter(number=since) if since else rows.filter(sequence__lt=after.sequence)).first()
        if before is None:
            raise NotFound("Il n’y a pas de version à comparer.")
        if before.sequence >= after.sequence:
            raise ParseError("« since » est une version d’avant.")
        reader = reader_of(kind)
        result = difference(before, after, readable=reader.readable, head=reader.head)
        return Response(DocumentDifferenceSerializer(result).data)


class Clause(PublicRead):
    """One clause, at its lasting address, as each version froze it."""

    def get(self, request: Request, kind: str, code: str) -> Response:
        clauses = clauses_served(kind, code)
        items = [{"version": version_head(clause.version), **clause_data(clause, kind)} for clause in clauses]
        return Response({"meta": {"total_count": len(items)}, "items": items})


class Search(PublicRead):
    """Pages, and clauses in force, whose visible text holds every word."""

    known_parameters = frozenset({"q", "limit"})

    def get(self, request: Request) -> Response:
        words = request.GET.get("q", "").strip()
        if not 2 <= len(words) <= LONGEST:
            raise ParseError(f"« q » : de deux à {LONGEST} caractères.")
        items = [*self._pages(words), *self._clauses(words)]
        return Response({"meta": {"total_count": len(items)}, "items": items[: self._limit(request)]})

    def _limit(self, request: Request) -> int:
        asked = request.GET.get("limit", "20")
        if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= MOST_FOUND:
            raise ParseError(f"« limit » : de 1 à {MOST_FOUND}.")
        return int(asked)

    def _pages(self, words: str) -> list[dict[str, Any]]:
        return [
            {"kind": "page", "title": page.title, "html_url": page_address(page), "id": page.pk}
            for page in pages_served().specific()
            if found_in(words, " ".join([page.title, *(text for _, text in page_texts(page))]))
        ]

    def _clauses(self, words: str) -> list[dict[str, Any]]:
        found = []
        for version in versions_in_force().prefetch_related(IN_ORDER):
            kind = version.document.kind
            for clause in version.ordered_clauses:
                texts = reader_of(kind).readable(clause.content)
                if found_in(words, " ".join([clause.code, *texts.values()])):
                    found.append(
                        {
                            "kind": "clause",
                            "title": texts.get("Titre", clause.code),
                            "document": kind,
                            "code": clause.code,
                            "detail_url": address_of("content:clause", kind, clause.code),
                            "html_url": version_address(version),
                        }
                    )
        return found
