"""What follows a publication, the cache in front forgetting what it kept; and what comes before, a draft looked at."""

from typing import Any

from django.conf import settings
from wagtail.models import Page, Revision

from cms.documents.content.rules import expanded, references_of
from cms.documents.content.selectors import addresses_of, page_address
from cms.documents.visibility.selectors import page_models
from cms.home.rules import PreviewRefusedError, preview_draft
from cms.journal.services import journal_append, refusal_queue
from cms.kit.outgoing import NoAnswerError, call_ours
from cms.users.models import User
from cms.wall import doors, scope

PURGE = "documents.content.purge"
"""Name of the job."""
KEPT = "^/(api/content/|sitemap.xml|flux/|pages/)"
"""Addresses to forget, as a regular expression. A list of pages, a search, a link in another page name what moved:
everything that is public goes, and it is read again in a few statements."""
SECONDS = 10


class PurgeError(Exception):
    """The cache did not forget: the job tries again."""


def front_cache_purge() -> None:
    """Tell the cache to forget. Raises `PurgeError`."""
    if not settings.HAVRE_FRONT_CACHE_URL:
        return
    try:
        answer = call_ours("PURGE", settings.HAVRE_FRONT_CACHE_URL, {"X-Purge-Match": KEPT}, seconds=SECONDS)
    except NoAnswerError as error:
        raise PurgeError(str(error)) from error
    if not 200 <= answer.status < 300:
        raise PurgeError(str(answer.status))


def draft_read(token: str) -> dict[str, Any]:
    """Return a draft as its front shows it, under the rights that its author has now; the journal keeps it.

    Raises `PreviewRefusedError`: of a link that was not made here nothing is kept, anybody may send thousands.
    """
    draft = preview_draft(token)
    author = User.objects.filter(pk=draft.author).first()
    if author is None:
        raise PreviewRefusedError
    with scope.acting(author, door=doors.PREVIEW):
        page = Page.objects.filter(pk=draft.page).first()
        revision = Revision.page_revisions.filter(pk=draft.revision, object_id=str(draft.page)).first()
        if page is not None and revision is not None and _may_look(page, author):
            journal_append(action="content.preview.read", details={"page": draft.page, "revision": draft.revision})
            return _draft_data(revision.as_object(), page)
    refusal_queue("user", author.pk, "auth.preview.refused")
    raise PreviewRefusedError


def _may_look(page: Page, author: User) -> bool:
    is_ours = issubclass(page.specific_class, tuple(page_models()))
    return author.is_active and is_ours and page.permissions_for_user(author).can_edit()


def _draft_data(draft: Any, page: Page) -> dict[str, Any]:
    fields = {field.name: str(getattr(draft, field.name)) for field in draft.api_fields}
    data = {
        "id": page.pk,
        "meta": {
            "type": f"{draft._meta.app_label}.{draft._meta.object_name}",
            "slug": draft.slug,
            "html_url": page_address(page),
            "locale": page.locale.language_code,
            "is_draft": True,
        },
        "title": draft.title,
        **fields,
    }
    return dict(expanded(data, addresses_of(references_of(data))))
