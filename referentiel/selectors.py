"""Reading the pages where the référentiel is written, and where a person stands before it."""

import uuid
from dataclasses import dataclass

from cms.documents.models import Acknowledgement, DocumentVersion
from cms.documents.selectors import partners_to_sign_for, versions_accepted
from cms.partners.models import Partner
from cms.users.models import User
from referentiel.models import ChapterPage, ExigencePage, ReferentielIndexPage


@dataclass(frozen=True)
class PendingPage:
    """A page that is not online as its author left it."""

    title: str
    pk: int
    state: str


def index_page() -> ReferentielIndexPage | None:
    return ReferentielIndexPage.objects.first()


def chapters_online(index: ReferentielIndexPage) -> list[tuple[ChapterPage, list[ExigencePage]]]:
    """Chapters online with their exigences online, in the order of the tree, in two queries."""
    exigences = list(ExigencePage.objects.live().descendant_of(index).order_by("path"))
    chapters = ChapterPage.objects.live().child_of(index).order_by("path")
    return [(chapter, [page for page in exigences if page.is_child_of(chapter)]) for chapter in chapters]


def pages_pending(index: ReferentielIndexPage) -> list[PendingPage]:
    """What a publication would leave out: pages never put online, and changes still in draft."""
    pages = index.get_descendants(inclusive=True).order_by("path")
    rows = pages.values_list("pk", "draft_title", "live", "has_unpublished_changes")
    return [
        PendingPage(title, pk, "modifiée, pas encore en ligne" if live else "brouillon, jamais en ligne")
        for pk, title, live, changed in rows
        if changed or not live
    ]


@dataclass(frozen=True)
class Standing:
    """What a person who signs has before them: structures still to commit, and signatures that hold."""

    to_sign: list[Partner]
    signed: list[Acknowledgement]


def signatures_of(version: DocumentVersion, partners: list[Partner]) -> dict[uuid.UUID, Acknowledgement]:
    """Signatures of these partners under this very version, by partner."""
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
