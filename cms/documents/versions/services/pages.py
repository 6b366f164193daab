"""Freezing what is online of a document, and loading the texts that come with the product."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.documents.pages.models import ArticlePage, DocumentPage
from cms.documents.pages.selectors import DocumentContent, source_of
from cms.documents.versions.models import Document, DocumentVersion
from cms.documents.versions.services.versions import documents_load, version_draft, version_publish
from cms.home.models import HomePage
from cms.home.services import page_add
from cms.users.models import User

DATA = Path(__file__).resolve().parents[2] / "data"
FIRST_NOTE = "Première version."


def document_of(kind: str) -> Document:
    return Document.objects.get(kind=kind)


def document_written(kind: str) -> DocumentContent | None:
    """Return what is online of a document, or None as long as its root is not."""
    source = source_of(kind)
    root = source.root()
    return source.read(root) if root is not None and root.live else None


@transaction.atomic
def document_publish(
    *, kind: str, number: str, effective_on: dt.date, is_major: bool, change_note: str, published_by: User | None
) -> DocumentVersion:
    """Freeze everything that is online of a document as a new version. Drafts stay out.

    Raises `ValidationError` as `version_publish` does, and when its pages are not online.
    """
    written = document_written(kind)
    if written is None:
        raise ValidationError("Ce document n’est pas en ligne : publiez d’abord ses pages.")
    return version_publish(
        document=document_of(kind),
        clauses=written.clauses,
        content=written.content,
        number=number,
        effective_on=effective_on,
        is_major=is_major,
        change_note=change_note,
        published_by=published_by,
    )


def document_draft(kind: str) -> DocumentVersion | None:
    """Return the version that a publication would freeze now, in memory alone: what its readers would read."""
    written = document_written(kind)
    if written is None:
        return None
    return version_draft(document=document_of(kind), clauses=written.clauses, content=written.content)


@transaction.atomic
def document_pages_load() -> int:
    """Write the pages of each text of `data/` that is missing, and freeze its first version; answers how many pages.

    A text says `kind`, `title`, `introduction`, `articles` (`code`, `title`, `text`, `law`), and `effective_on` when
    its first version comes with it.
    """
    documents_load()
    known = set(DocumentPage.objects.values_list("kind", flat=True))
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.json"))]
    return sum(_load(text) for text in texts if text["kind"] not in known)


def _load(text: dict[str, Any]) -> int:
    kind = text["kind"]
    page = DocumentPage(kind=kind, slug=kind, title=text["title"], introduction=text["introduction"])
    page_add(HomePage.objects.get(slug="accueil"), page)
    for article in text["articles"]:
        page_add(page, ArticlePage(slug=f"article-{article['code'].replace('.', '-')}", **article))
    if "effective_on" in text:
        document_publish(
            kind=kind,
            number="1.0",
            effective_on=dt.date.fromisoformat(text["effective_on"]),
            is_major=True,
            change_note=FIRST_NOTE,
            published_by=None,
        )
    return 1 + len(text["articles"])
