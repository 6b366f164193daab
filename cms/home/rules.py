"""A look at a draft in the front: what its link says, signed and short-lived."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

SALT = "content.preview"
SECONDS = 600


class PreviewRefusedError(Exception):
    """The link was not made here, or its time is over."""


@dataclass(frozen=True)
class Draft:
    """One revision of one page, for the eyes of its author."""

    page: int
    revision: int
    author: str


def preview_link(draft: Draft) -> str:
    """Return where the front shows a draft. What is after `#` reaches no log, nor any other site."""
    token = signing.dumps([draft.page, draft.revision, draft.author], salt=SALT)
    return f"{settings.HAVRE_PREVIEW_URL}#{token}"


def preview_draft(token: str) -> Draft:
    """Read what a link says. Raises `PreviewRefusedError`."""
    try:
        return Draft(*signing.loads(token, salt=SALT, max_age=SECONDS))
    except signing.BadSignature as error:
        raise PreviewRefusedError from error


GUIDES = "aide-"
"""The slug of a guide of the screens begins so: read in « Aide », never among what the network publishes."""
