"""Reading the pages where the référentiel is written, and where a person stands before it."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

from cms.documents.models import Acknowledgement, ClauseVersion, DocumentKind, DocumentVersion, Reading
from cms.documents.pages.selectors import ClauseContent, DocumentContent
from cms.documents.signatures.policies import READERS
from cms.documents.versions.selectors import WHAT_CHANGES, partners_to_sign_for, versions_accepted, versions_of
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from referentiel.reading.models import ChapterPage, ExigencePage, ReferentielIndexPage


def index_page() -> ReferentielIndexPage | None:
    return ReferentielIndexPage.objects.first()


def chapters_online(index: ReferentielIndexPage) -> list[tuple[ChapterPage, list[ExigencePage]]]:
    """List the chapters online with their exigences online, in the order of the tree, in two queries."""
    exigences = list(ExigencePage.objects.live().descendant_of(index).order_by("path"))
    chapters = ChapterPage.objects.live().child_of(index).order_by("path")
    return [(chapter, [page for page in exigences if page.is_child_of(chapter)]) for chapter in chapters]


@dataclass(frozen=True)
class Standing:
    """What a person who signs has before them: structures still to commit, and signatures that hold."""

    to_sign: list[Partner]
    signed: list[Acknowledgement]


def signatures_of(version: DocumentVersion, partners: list[Partner]) -> dict[uuid.UUID, Acknowledgement]:
    """Return the signatures of these partners under this very version, by partner."""
    rows = Acknowledgement.objects.filter(version=version, partner__in=partners)
    return {row.partner_id: row for row in rows}


def standing_of(user: User, version: DocumentVersion) -> Standing:
    partners = partners_to_sign_for(user)
    if not partners:
        return Standing([], [])
    rows = Acknowledgement.objects.filter(partner__in=partners, version__in=versions_accepted(version))
    latest = {row.partner_id: row for row in rows.select_related("version", "partner").order_by("version__sequence")}
    to_sign = [partner for partner in partners if partner.pk not in latest]
    return Standing(to_sign, list(latest.values()))


@dataclass(frozen=True)
class Notice:
    """What a professional has still to read. `changes`: a minor version whose changes were not read yet."""

    chapters: int
    changes: bool


def notice_of(user: User, version: DocumentVersion) -> Notice:
    """Return what a professional has still to read, in one query."""
    mine = Reading.objects.filter(user=user, version__in=versions_accepted(version))
    what = mine.filter(version=version, chapter=WHAT_CHANGES)
    rows = version.clauses.exclude(chapter="").order_by().values("chapter").distinct()
    chapters = rows.annotate(is_read=Exists(mine.filter(chapter=OuterRef("chapter"))), has_seen=Exists(what))
    states = list(chapters.values_list("is_read", "has_seen"))
    is_minor_unread = not version.is_major and version.sequence > 1 and not any(seen for _, seen in states)
    return Notice(sum(not is_read for is_read, _ in states), is_minor_unread)


def own_structures() -> list[Partner]:
    """List the structures to which the actor belongs today."""
    return list(Partner.objects.filter(pk__in=scope.current().partners_as(*READERS)).order_by("code_name"))


def version_compared(version: DocumentVersion, partner: Partner | None) -> DocumentVersion | None:
    """Return the version to compare with: the one that this structure signed last before, else the previous one."""
    earlier = DocumentVersion.objects.filter(document=version.document_id, sequence__lt=version.sequence)
    signed = earlier.filter(acknowledgements__partner=partner) if partner else earlier.none()
    return signed.order_by("-sequence").first() or earlier.order_by("-sequence").first()


def versions_with_clauses(versions: Sequence[DocumentVersion]) -> list[DocumentVersion]:
    """Return the same versions, each read with its clauses, in two queries."""
    by_id = {row.pk: row for row in versions_of(DocumentKind.REFERENTIEL).filter(pk__in=[row.pk for row in versions])}
    return [by_id[row.pk] for row in versions]


CONFIG = "havre_french"
START, STOP = "\x02", "\x03"
SEARCHED = {"text": "A", "evidence": "B", "assessment": "C"}
"""Parts of an exigence that a search reads, by weight."""


@dataclass(frozen=True)
class SearchResult:
    """An exigence that matches a search; each text is a list of (words, whether they match)."""

    code: str
    text: list[tuple[str, bool]]
    others: list[list[tuple[str, bool]]]


def exigences_search(version: DocumentVersion, words: str) -> list[SearchResult]:
    """List the exigences of a version that match these words, best first: by stem, without accents; or by code."""
    query = SearchQuery(words, config=CONFIG, search_type="websearch")
    parts = {name: KeyTextTransform(name, "content") for name in SEARCHED}
    vector = sum(
        (SearchVector(parts[name], weight=weight, config=CONFIG) for name, weight in list(SEARCHED.items())[1:]),
        SearchVector(parts["text"], weight=SEARCHED["text"], config=CONFIG),
    )
    marked = {
        f"marked_{name}": SearchHeadline(
            part, query, config=CONFIG, start_sel=START, stop_sel=STOP, highlight_all=True
        )
        for name, part in parts.items()
    }
    rows: QuerySet[ClauseVersion] = ClauseVersion.objects.filter(version=version).annotate(vector=vector)
    rows = rows.filter(Q(vector=query) | Q(code__iexact=words.strip()))
    rows = rows.annotate(rank=SearchRank("vector", query), **marked).order_by("-rank", "position")
    return [_search_result(row) for row in rows]


def _search_result(row: Any) -> SearchResult:
    # The evidence is a list: it is searched as it is written, and read again once the words are marked.
    evidence = json.loads(row.marked_evidence, strict=False)
    others = [text for text in (*evidence, row.marked_assessment) if START in text]
    return SearchResult(row.code, pieces(row.marked_text), [pieces(text) for text in others])


def pieces(marked: str) -> list[tuple[str, bool]]:
    """Split a marked text in pieces that match and pieces that do not, so that the page marks them without HTML."""
    first, *rest = marked.split(START)
    texts = [(first, False)]
    for part in rest:
        word, _, after = part.partition(STOP)
        texts += [(word, True), (after, False)]
    return [(text, is_match) for text, is_match in texts if text]


def exigence_history(code: str) -> list[ClauseVersion]:
    """List an exigence in each version that has taken effect, oldest first. Raise `Http404` for an unknown code."""
    rows = ClauseVersion.objects.filter(
        code=code, version__document__kind=DocumentKind.REFERENTIEL, version__effective_on__lte=timezone.localdate()
    )
    history = list(rows.select_related("version").order_by("version__sequence"))
    if not history:
        raise Http404
    return history


def pages_read(page: Page) -> DocumentContent:
    """Read what is online: the root, its exigences, and what stands around them."""
    index = page.specific
    chapters = chapters_online(index)
    content = {
        "title": index.title,
        "introduction": index.introduction,
        "chapters": [
            {"code": chapter.code, "title": chapter.title, "introduction": chapter.introduction}
            for chapter, _ in chapters
        ],
    }
    clauses = [
        ClauseContent(code=exigence.code, chapter=chapter.code, content=exigence.as_clause())
        for chapter, exigences in chapters
        for exigence in exigences
    ]
    return DocumentContent(clauses, content, [(chapter.title, len(exigences)) for chapter, exigences in chapters])
