"""The curriculum: loaded once, then frozen again each time a module is published."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.documents.models import Document, DocumentKind, DocumentVersion
from cms.documents.versions.rules.canonical import content_hash, normalised
from cms.documents.versions.services.versions import ClauseContent, document_lock, documents_load, version_publish
from cms.home.models import HomePage
from cms.home.services import page_add, page_permissions_load
from cms.users.models import User
from cms.wall import scope
from formation.curriculum.models import CurriculumIndexPage, ModulePage

DATA = Path(__file__).resolve().parent / "data" / "curriculum.json"
SLUG = "formation"


@transaction.atomic
def curriculum_load() -> int:
    """Write the pages of the curriculum that are missing, and its first version. Return how many pages were added."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    documents_load()
    index = CurriculumIndexPage.objects.first()
    added = 0
    if index is None:
        index = CurriculumIndexPage(title=data["title"], slug=SLUG, introduction=data["intro"])
        page_add(HomePage.objects.get(slug="accueil"), index)
        added = 1
    known = set(ModulePage.objects.values_list("code", flat=True))
    for module in data["modules"]:
        if module["code"] not in known:
            page_add(index, _page(module))
            added += 1
    if not DocumentVersion.objects.filter(document__kind=DocumentKind.CURRICULUM).exists():
        _publish(_document(), *_content(None), number="1.0", is_major=True, note="Première version.", by=None)
    page_permissions_load()
    return added


def _page(module: dict[str, Any]) -> ModulePage:
    return ModulePage(
        title=module["title"],
        slug=f"module-{module['code'].lower()}",
        code=module["code"],
        hours=module["hours"],
        publics=module["publics"],
        is_compulsory=module["is_compulsory"],
        compulsory=module["compulsory"],
        is_refresher=module["is_refresher"],
        objectives="\n".join(module["objectives"]),
        programme="\n".join(module["programme"]),
        evaluation=module["evaluation"],
        prerequisites=module["prerequisites"],
        questions=json.dumps(module.get("questions", [])),
    )


@transaction.atomic
def curriculum_freeze(*, page: Page, is_withdrawn: bool = False) -> DocumentVersion | None:
    """Publish a minor version of the whole curriculum after `page` was published or withdrawn.

    Return None when no word has changed, or before the first version, which `curriculum_load` publishes whole.
    """
    document = _document()
    latest = DocumentVersion.objects.filter(document=document).order_by("-sequence").first()
    content, clauses = _content(page.pk if is_withdrawn else None)
    if latest is None or not clauses or _same(latest, content, clauses):
        return None
    major, _, minor = latest.number.partition(".")
    verb = "retiré" if is_withdrawn else "publié"
    return _publish(
        document,
        content,
        clauses,
        number=f"{major}.{int(minor or 0) + 1}",
        is_major=False,
        note=f"« {page.title} » {verb}.",
        by=_author(),
    )


def _author() -> User | None:
    """Return who publishes; None when a scheduled task does."""
    user_id = scope.current().user_id
    return User.objects.get(pk=user_id) if user_id else None


def _document() -> Document:
    """Return the curriculum, locked until the end of the transaction: publications at once take distinct numbers."""
    document = Document.objects.get(kind=DocumentKind.CURRICULUM)
    document_lock(document)
    return document


def _content(withdrawn_id: int | None) -> tuple[dict[str, Any], list[ClauseContent]]:
    index = CurriculumIndexPage.objects.get()
    modules = ModulePage.objects.live().descendant_of(index).exclude(pk=withdrawn_id).order_by("path")
    clauses = [ClauseContent(code=module.code, content=module.as_clause()) for module in modules]
    return {"title": index.title, "introduction": index.introduction}, clauses


def _same(latest: DocumentVersion, content: dict[str, Any], clauses: list[ClauseContent]) -> bool:
    before = list(latest.clauses.order_by("position").values_list("code", "content_hash"))
    after = [(clause.code, content_hash(normalised(clause.content))) for clause in clauses]
    return before == after and content_hash(latest.content) == content_hash(normalised(content))


def _publish(
    document: Document,
    content: dict[str, Any],
    clauses: list[ClauseContent],
    *,
    number: str,
    is_major: bool,
    note: str,
    by: User | None,
) -> DocumentVersion:
    return version_publish(
        document=document,
        clauses=clauses,
        content=content,
        number=number,
        effective_on=timezone.localdate(),
        is_major=is_major,
        change_note=note,
        published_by=by,
    )
