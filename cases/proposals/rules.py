"""The link of a message to one sheet: signed, so that nobody makes one; it opens nothing without signing in."""

import uuid

from django.core.signing import BadSignature, Signer

SALT = "cases.proposals.link"


def link_sign(proposal_id: uuid.UUID) -> str:
    return Signer(salt=SALT).sign(proposal_id.hex)


def link_read(token: str) -> uuid.UUID | None:
    """Return the sheet that a link names; `None` when nobody of ours signed it."""
    try:
        return uuid.UUID(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
