"""Who reads what now, and what would be read once a document or a page is open to everybody."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from wagtail.fields import RichTextField
from wagtail.models import Page, get_page_models
from wagtail.rich_text import get_text_for_indexing

from cms.documents.enums import VisibilityLevel
from cms.documents.pages.selectors import reader_of
from cms.documents.versions.models import Document, DocumentVersion
from cms.documents.versions.selectors import IN_ORDER
from cms.documents.visibility.models import Visibility
from cms.documents.visibility.rules import Reach
from cms.home.models import BasePage, FrozenPage
from cms.kit.words import day_long

Target: TypeAlias = Document | Page

DEFAULT_OF_DOCUMENTS = Reach(VisibilityLevel.NETWORK)
DEFAULT_OF_PAGES = Reach(VisibilityLevel.PUBLIC)


def page_models() -> list[type[BasePage]]:
    """Types of pages that are read as they are written: not those of a document, read in its frozen version."""
    return [model for model in get_page_models() if issubclass(model, BasePage) and not issubclass(model, FrozenPage)]


def pages_decided() -> QuerySet[Page]:
    """Pages of which somebody decides one by one, in the order of the site."""
    return Page.objects.type(*page_models()).order_by("path")


def pages_readable(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return those that the scope may read: closed by no decision, their own or that of a page above."""
    return pages.exclude(pk__in=RawSQL("SELECT unnest(pages_closed())", []))


def decisions_of(target: Target) -> QuerySet[Visibility]:
    """Every decision about a document or a page, newest first, for who publishes."""
    rows = Visibility.objects.filter(**_named(target))
    return rows.select_related("asked_by", "agreed_by", "dismissed_by", "document", "page").order_by("-asked_at")


def reach_of(target: Target) -> Reach:
    """Return how far something is read by its own decision, whatever stands above it."""
    row = Visibility.objects.filter(**_named(target)).holding().first()
    if row is not None:
        return reach_asked(row)
    return DEFAULT_OF_DOCUMENTS if isinstance(target, Document) else DEFAULT_OF_PAGES


def reach_asked(row: Visibility) -> Reach:
    return Reach(row.level, frozenset(row.roles), row.with_older)


def reaches_above(page: Page) -> list[Reach]:
    return [reach_of(above) for above in page.get_ancestors().type(*page_models())]


def reaches_below(page: Page) -> list[tuple[Page, Reach]]:
    return [(below, reach_of(below)) for below in page.get_descendants().type(*page_models())]


def visibility_waiting(target: Target) -> Visibility | None:
    return Visibility.objects.waiting().filter(**_named(target)).select_related("asked_by", "document").first()


def versions_shown(document: Document, *, with_older: bool) -> list[DocumentVersion]:
    """Return the versions that anybody would read, were the document public from now on, newest first."""
    sql = RawSQL("SELECT versions_shown(%s, %s, %s)", [document.pk, timezone.now(), with_older])
    rows = DocumentVersion.objects.filter(document=document, pk__in=sql).select_related("document")
    return list(rows.prefetch_related(IN_ORDER).order_by("-sequence"))


@dataclass(frozen=True)
class ShownPart:
    """A version, or a page, as its readers would see it: for who decides."""

    title: str
    note: str
    texts: list[tuple[str, list[tuple[str, str]]]]


def shown_parts(target: Target, *, with_older: bool = False) -> list[ShownPart]:
    """Return what everybody would read, with the same reading as the content API: names and drafts apart."""
    if isinstance(target, Document):
        return [_version_part(version) for version in versions_shown(target, with_older=with_older)]
    pages = target.get_descendants(inclusive=True).type(*page_models()).live().order_by("path")
    return [ShownPart(page.title, "", [("Texte", page_texts(page))]) for page in pages.specific()]


def page_texts(page: Page) -> list[tuple[str, str]]:
    """Return the words of a page: label → text, of each field that the content API gives."""
    texts = []
    for field in getattr(page, "api_fields", ()):
        model_field = page._meta.get_field(field.name)
        if isinstance(model_field, RichTextField):
            texts.append(
                (str(model_field.verbose_name).capitalize(), get_text_for_indexing(getattr(page, field.name)))
            )
    return texts


def _version_part(version: DocumentVersion) -> ShownPart:
    reader = reader_of(version.document.kind)
    head = ("En tête", list(reader.head(version.content).items()))
    clauses = [(clause.code, list(reader.readable(clause.content).items())) for clause in version.ordered_clauses]
    title = f"Version {version.number}, depuis le {day_long(version.effective_on)}"
    return ShownPart(title, version.change_note, [head, *clauses])


def shown_hash(target: Target, *, with_older: bool = False) -> str:
    """Return the hash of what everybody would read: what is agreed to is what was looked at."""
    if isinstance(target, Document):
        return _hash(version.content_hash for version in versions_shown(target, with_older=with_older))
    pages = target.get_descendants(inclusive=True).type(*page_models()).live().order_by("path")
    return _hash(f"{pk}:{revision}" for pk, revision in pages.values_list("pk", "live_revision_id"))


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _named(target: Target) -> dict[str, Target]:
    return {"document": target} if isinstance(target, Document) else {"page_id": target.pk}
