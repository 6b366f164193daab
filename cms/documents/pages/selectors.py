"""Where each document is written. An app declares its pages; publication and preview are the same for all."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.documents.enums import OWN_PAGES
from cms.documents.pages.models import ArticlePage, DocumentPage
from cms.documents.pages.rules import readable, readable_head
from cms.documents.versions.rules.differences import Readable
from cms.kit.templatetags.french import date


@dataclass(frozen=True)
class ClauseContent:
    """One clause ready to be frozen. `content` holds texts, whole numbers, booleans, and lists or objects of them."""

    code: str
    content: dict[str, Any]
    chapter: str = ""


@dataclass(frozen=True)
class DocumentContent:
    """What is online, ready to be frozen. `parts`: each part with the number of its clauses, for who publishes."""

    clauses: list[ClauseContent]
    content: dict[str, Any]
    parts: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """`root` answers the page under which a document is written, `read` what it holds online; `clause` and `clauses`
    are what one is called; `readable` and `head` are what a reader sees, by which two versions are compared.
    """

    root: Callable[[], Page | None]
    read: Callable[[Page], DocumentContent]
    clause: str
    clauses: str
    readable: Readable
    head: Readable
    preview: str = "documents_preview"
    """Name of the address of its preview: the common one takes the kind."""
    publish: str = "documents_publish"


_sources: dict[str, Source] = {}


def source_register(kind: str, source: Source) -> None:
    _sources[kind] = source


def source_of(kind: str) -> Source:
    """Return the source of a document: that of articles, unless an app declared its pages. Raises `KeyError` for one
    that is not written in pages frozen by hand.
    """
    return _sources[kind] if kind in OWN_PAGES else _articles(kind)


@dataclass(frozen=True)
class Reader:
    """What a reader sees of a clause, and of what stands around the clauses: label → text. Nothing else is shown."""

    readable: Readable
    head: Readable


_readers: dict[str, Reader] = {}


def reader_register(kind: str, reader: Reader) -> None:
    """For a document that is not published by hand: the others have a source."""
    _readers[kind] = reader


def reader_of(kind: str) -> Reader:
    """Return how a document is read. Raises `KeyError` for one that nobody declared."""
    known = _readers.get(kind)
    if known is not None:
        return known
    source = source_of(kind)
    return Reader(source.readable, source.head)


@dataclass(frozen=True)
class CommentedPage:
    """A page of a document that holds comments nobody has resolved: said among authors, never frozen."""

    title: str
    pk: int
    count: int

    @property
    def words(self) -> str:
        return f"{self.count} commentaire{'s' if self.count > 1 else ''}"


def pages_commented(root: Page) -> list[CommentedPage]:
    pages = root.get_descendants(inclusive=True).filter(wagtail_admin_comments__resolved_at=None)
    rows = pages.annotate(count=Count("wagtail_admin_comments")).filter(count__gt=0).order_by("path")
    return [CommentedPage(title, pk, count) for title, pk, count in rows.values_list("draft_title", "pk", "count")]


@dataclass(frozen=True)
class PendingPage:
    """A page that is not online as its author left it."""

    title: str
    pk: int
    state: str


def pages_pending(root: Page) -> list[PendingPage]:
    """Return what a publication would leave out: pages never put online, and changes still in draft."""
    pages = root.get_descendants(inclusive=True).order_by("path")
    rows = pages.values_list("pk", "draft_title", "live", "has_unpublished_changes")
    planned = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    days = {int(pk): day for pk, day in planned.values_list("object_id", "approved_go_live_at")}
    return [
        PendingPage(title, pk, _pending_words(live, days.get(pk)))
        for pk, title, live, changed in rows
        if changed or not live
    ]


def _pending_words(is_live: bool, day: dt.datetime | None) -> str:
    words = "modifiée, pas encore en ligne" if is_live else "brouillon, jamais en ligne"
    return f"{words}, mise en ligne prévue le {date(timezone.localtime(day), 'j F Y à H:i')}" if day else words


def _root(kind: str) -> Page | None:
    return DocumentPage.objects.filter(kind=kind).first()


def _article_read(page: Page) -> DocumentContent:
    root = page.specific
    articles = list(ArticlePage.objects.live().child_of(root).order_by("path"))
    clauses = [ClauseContent(code=article.code, content=article.as_clause()) for article in articles]
    return DocumentContent(
        clauses, {"title": root.title, "introduction": root.introduction}, [(root.title, len(articles))]
    )


def _articles(kind: str) -> Source:
    return Source(
        root=partial(_root, kind),
        read=_article_read,
        clause="article",
        clauses="articles",
        readable=readable,
        head=readable_head,
    )
