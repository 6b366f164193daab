"""What the content API reads: under the scope of whoever asks, which is nobody's for what is public."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from cms.documents.content.rules import Addresses, References
from cms.documents.models import ClauseVersion, DocumentVersion
from cms.documents.versions.models import DocumentVersionQuerySet
from cms.documents.versions.selectors import IN_ORDER
from cms.documents.visibility.selectors import page_models, pages_readable
from cms.home.rules import GUIDES
from cms.kit.addresses import absolute, front

SPECS = {
    f"{width}-{kind}": f"max-{width}x{width}|format-{kind}" for width in (400, 800, 1600) for kind in ("webp", "jpeg")
}
"""Sizes in which an image is given: never the original, which says where and with what it was taken."""
MOVES = (
    "wagtail.publish",
    "wagtail.unpublish",
    "wagtail.delete",
    "wagtail.move",
    "wagtail.reorder",
    "wagtail.rename",
    "wagtail.create",
)
STARTED = timezone.now()
"""Another release of the code may say the same content otherwise: nothing is older than this process."""
SETTLED = dt.timedelta(seconds=2)
"""Two changes in one second have the same date: what just moved has none."""


def pages_served() -> Any:
    """Pages online that the scope may read, of the types that are read as they are written, in one statement.

    What Wagtail itself restricts is given to nobody, as in its own API. Guides of the screens are read in « Aide ».
    """
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.alias(here=here).filter(here__startswith=F("page__path"))
    rows = Page.objects.live().type(*page_models()).exclude(Exists(restricted)).exclude(slug__startswith=GUIDES)
    return pages_readable(rows).select_related("locale", "content_type")


def page_address(page: Page) -> str:
    """Return where everybody reads a page: in the public front, or here."""
    parts = page.get_url_parts()
    here = parts[2] if parts else reverse("wagtail_serve", args=[page.slug])
    code = page.locale.language_code
    root = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    return front(root if page.depth == 2 else f"{root}{page.slug}/", here=here)


def version_address(version: DocumentVersion) -> str:
    """Return where everybody reads the version of a document: in the public front, or in the API."""
    kind = version.document.kind
    here = reverse("content:version", args=[kind, version.number])
    return front(f"/documents/{kind}/{version.number}/", here=here)


def versions_served() -> DocumentVersionQuerySet:
    """Versions in force one day, and no longer to come, that row security gives the scope."""
    rows = DocumentVersion.objects.filter(effective_on__lte=timezone.localdate())
    return rows.select_related("document").order_by("document__kind", "-sequence")


def versions_in_force() -> DocumentVersionQuerySet:
    return versions_served().in_force_on(timezone.localdate())


def version_served(kind: str, **named: str) -> DocumentVersion:
    """Return one version with its clauses. Raises `Http404` for what the scope may not read."""
    rows = versions_served().filter(document__kind=kind, **named).prefetch_related(IN_ORDER)
    version = rows.first() if named else rows.in_force_on(timezone.localdate()).first()
    if version is None:
        raise Http404
    return version


def clauses_served(kind: str, code: str) -> list[ClauseVersion]:
    """Return one clause through the versions that the scope reads, newest first. Raises `Http404`."""
    rows = ClauseVersion.objects.filter(version__in=versions_served(), version__document__kind=kind, code=code)
    clauses = list(rows.select_related("version__document").order_by("-version__sequence"))
    if not clauses:
        raise Http404
    return clauses


def images_served() -> QuerySet:
    return _held(get_image_model())


def files_served() -> QuerySet:
    return _held(get_document_model())


def _held(model: Any) -> QuerySet:
    """Return the rows that a page which the scope may read holds as it is online; never a draft's alone."""
    pages = [str(pk) for pk in pages_served().values_list("pk", flat=True)]
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), to_content_type=_type_of(model), object_id__in=pages
    )
    held = {int(key) for key in rows.values_list("to_object_id", flat=True) if key.isdigit()}
    return model.objects.filter(pk__in=held).order_by("pk")


def _type_of(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)


def addresses_of(found: References) -> Addresses:
    """Return where the scope may read what rich texts point at, in a statement a kind."""
    pages = pages_served().filter(pk__in=found.pages) if found.pages else ()
    images = images_served().filter(pk__in=found.images).values_list("pk", flat=True) if found.images else ()
    files = files_served().filter(pk__in=found.files).values_list("pk", flat=True) if found.files else ()
    return Addresses(
        pages={page.pk: page_address(page) for page in pages},
        images={pk: absolute(reverse("content:rendition", args=[pk, "800-jpeg"])) for pk in images},
        files={pk: absolute(reverse("content:file", args=[pk])) for pk in files},
        base=absolute(""),
    )


def moved_at() -> dt.datetime | None:
    """Return when what is answered last changed, or nothing when it just did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest((SELECT max(timestamp) FROM wagtailcore_pagelogentry WHERE action = ANY (%s)), "
            "(SELECT max(timestamp) FROM wagtailcore_modellogentry), "
            "(SELECT greatest(max(published_at), max(effective_on)::timestamp AT TIME ZONE 'Europe/Paris') "
            "FROM documents_documentversion WHERE effective_on <= (now() AT TIME ZONE 'Europe/Paris')::date), "
            "visibility_moved_at(), %s)",
            [list(MOVES), STARTED],
        )
        at = cursor.fetchone()[0]
    return at if timezone.now() - at > SETTLED else None
