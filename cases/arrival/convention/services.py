"""Freeze the convention of a linking each time that its content changes: the parties sign a version, never a draft."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.selectors import convention_content, version_latest
from cases.arrival.enums import Party
from cases.arrival.models import Linking
from cases.common.services import lock, manager_only, row_create
from cases.files.models import Case
from cases.notices.enums import To
from cases.notices.services import transition_done, transition_tell
from cases.requests.services.rings import urgency_rings
from cms.documents.versions.rules.canonical import content_hash, normalised
from cms.users.models import User

CHANGED = "La convention a changé pendant votre lecture : relisez-la, puis donnez votre accord."
DAMAGED = "Cette version n’est plus telle qu’elle a été signée : prévenez la coordination, ne vous en servez pas."
AGREEMENT, AGAIN = "agreement_asked", "agreement_asked_again"
ASKED = {Party.STRUCTURE: To.DIRECTORS, Party.REQUESTER: To.GUARDIAN}
"""Who is told for each party; the network signs for itself."""


@transaction.atomic
def convention_follow(*, linking: Linking, by: User) -> LinkingVersion | None:
    """Freeze a version when the content differs from the last one, and ask for its agreements; return it.

    The agreements given to an older version stay, and are asked again. Nothing is written once the linking is over, or
    once the stay has ended.
    """
    manager_only()
    latest = version_latest(linking)
    if _is_over(linking):
        return latest
    content = normalised(convention_content(linking))
    if latest and normalised(latest.content) == content:
        return latest
    version = LinkingVersion(
        linking=linking,
        number=latest.number + 1 if latest else 1,
        content=content,
        content_hash=content_hash(content),
        written_at=timezone.now(),
        written_by=by,
    )
    row_create(
        version,
        kind="linking",
        action="cases.linking.version",
        coded=("number", "content_hash"),
        sealed=("content",),
        object_id=linking.pk,
    )
    if latest is None:
        agreement_ask(linking, *ASKED, at=linking.opened_at)
    else:
        signed = set(linking.agreements.agreed().values_list("party", flat=True))
        again = AGREEMENT if _is_urgent(linking) else AGAIN
        agreement_ask(linking, *(party for party in ASKED if party in signed), code=again)
    return version


def _is_over(linking: Linking) -> bool:
    return bool(linking.cancelled_at or (linking.placement and linking.placement.ended_on))


def _is_urgent(linking: Linking) -> bool:
    """Say whether a minor whose request rings is still to arrive: signers are then told at once, even at night."""
    orientation = linking.orientation
    return (
        linking.placement_id is None and orientation is not None and urgency_rings(orientation.sollicitation.urgency)
    )


def agreement_ask(linking: Linking, *parties: Party, at: dt.datetime | None = None, code: str = AGREEMENT) -> None:
    """Tell these parties that their agreement is awaited, unless the linking is over. `at`: since when."""
    if not _is_over(linking):
        told = {ASKED[party] for party in parties}
        transition_tell(code, object_id=linking.pk, at=at, only=told)


def agreement_done(linking: Linking, *parties: Party) -> None:
    """Nothing is awaited of these parties any more."""
    for party in parties:
        for code in (AGREEMENT, AGAIN):
            transition_done(code, object_id=linking.pk, to=ASKED[party])


def conventions_of_case_follow(*, case: Case, by: User) -> None:
    """Write again the conventions that a change of protection touches: those of the arrival and of the stay."""
    for linking in Linking.objects.live().filter(case=case).exclude(versions=None).distinct().order_by("opened_at"):
        lock(linking)
        convention_follow(linking=linking, by=by)


def version_to_sign(*, linking: Linking, seen: uuid.UUID | None) -> LinkingVersion | None:
    """Return the version that an agreement is about. Raise `ValidationError` when another one was read (`seen`)."""
    latest = version_latest(linking)
    if seen is not None and (latest is None or latest.pk != seen):
        raise ValidationError(CHANGED)
    if latest:
        intact_only(latest)
    return latest


def intact_only(version: LinkingVersion) -> dict[str, Any]:
    """Return the content of a version; raise `ValidationError` when it is no longer what its hash says."""
    if content_hash(version.content) != version.content_hash:
        raise ValidationError(DAMAGED)
    return version.content
