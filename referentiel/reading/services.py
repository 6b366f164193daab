"""Freezing the référentiel, and loading its first version."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from cms.documents.models import DocumentKind, DocumentVersion
from cms.documents.versions.services.pages import document_draft, document_publish
from cms.home.models import HomePage
from cms.home.services import page_add
from cms.users.models import User
from referentiel.reading.models import ChapterPage, ExigencePage, ReferentielIndexPage
from referentiel.reading.selectors import index_page

DATA = Path(__file__).resolve().parent / "data" / "referentiel_v1.json"
FIRST_NOTE = "Première version du référentiel."


@transaction.atomic
def referentiel_publish(
    *, number: str, effective_on: dt.date, is_major: bool, change_note: str, published_by: User | None
) -> DocumentVersion:
    """Freeze every chapter and exigence online as a new version. Drafts stay out.

    Raise `ValidationError` as `document_publish` does.
    """
    return document_publish(
        kind=DocumentKind.REFERENTIEL,
        number=number,
        effective_on=effective_on,
        is_major=is_major,
        change_note=change_note,
        published_by=published_by,
    )


def version_preview() -> DocumentVersion | None:
    """Return the version that a publication would freeze now, in memory only: what partners would read."""
    return document_draft(DocumentKind.REFERENTIEL)


@transaction.atomic
def referentiel_load() -> int:
    """Write the pages of the first version and freeze it. Return how many exigences were added.

    Nothing is done when the pages stand already: they belong to their authors.
    """
    if index_page() is not None:
        return 0
    data = json.loads(DATA.read_text(encoding="utf-8"))
    index = ReferentielIndexPage(title=data["title"], slug="referentiel", introduction=data["intro"])
    page_add(HomePage.objects.get(slug="accueil"), index)
    count = sum(_chapter_load(index, chapter) for chapter in data["chapters"])
    referentiel_publish(
        number=data["version"],
        effective_on=dt.date.fromisoformat(data["effective_on"]),
        is_major=True,
        change_note=FIRST_NOTE,
        published_by=None,
    )
    return count


def _chapter_load(index: ReferentielIndexPage, data: dict[str, Any]) -> int:
    chapter = ChapterPage(title=data["title"], code=data["code"], introduction=data["intro"])
    page_add(index, chapter)
    for exigence in data["exigences"]:
        slug = slugify(exigence["code"].replace(".", "-"))
        page_add(chapter, ExigencePage(**{**exigence, "slug": slug, "evidence": "\n".join(exigence["evidence"])}))
    return len(data["exigences"])
