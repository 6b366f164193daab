"""What follows a publication: the cache in front forgets what it kept."""

from django.conf import settings

from cms.kit.outgoing import NoAnswerError, call_ours

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
