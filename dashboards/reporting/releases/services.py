"""Publication of a closed period by two people, with one mask for all readers, given all earlier publications."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.documents.versions.rules.canonical import content_hash
from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import thaw
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.rules.cells import Cell, Cells, hidden_cells
from dashboards.reporting.releases.rules.content import content_of
from dashboards.reporting.releases.rules.masking import DisclosureError
from dashboards.reporting.targets.selectors import targets_of

LONGEST_COMMENT = 3000
TOLD_ALREADY = (
    "Cette période ne peut pas être publiée : avec ce qui l’a déjà été, un petit nombre se lirait par soustraction. "
    "Publiez plutôt la période qui la contient."
)


@transaction.atomic
def release_ask(*, by: User, closed: ClosedPeriod, comments: dict[str, str] | None = None) -> Release:
    """Prepare what would be published, for somebody else to agree to. Nothing is read outside until then.

    Raises `ValidationError` when the period is not closed, is published already, or would tell a small number.
    """
    figures_check(by, EXPORT)
    if not closed.is_agreed:
        raise ValidationError("Cette période n’est pas close : une publication part d’une période close.")
    _one_at_a_time()
    if Release.objects.waiting().exclude(period=closed).exists():
        raise ValidationError("Une autre publication attend d’être décidée : décidez-la d’abord, ou écartez-la.")
    content = release_preview(by=by, closed=closed)
    release = Release(
        period=closed,
        title=closed.title,
        first=closed.first,
        last=closed.last,
        trace=closed.trace,
        content=content,
        content_hash=content_hash(content),
        comments=_comments(comments or {}),
    )
    return decision_ask(release, by=by, tell=_tell)


def release_preview(*, by: User, closed: ClosedPeriod) -> dict[str, Any]:
    """Return what would be published today. Raises `ValidationError` when a small number could not be kept."""
    figures_check(by, EXPORT)
    cells = Cells(thaw(closed.content))
    try:
        hidden = hidden_cells(cells, published_before(closed))
    except DisclosureError as error:
        raise ValidationError(TOLD_ALREADY) from error
    return content_of(cells, hidden) | {"targets": targets_of(closed)}


def published_before(closed: ClosedPeriod) -> list[tuple[Cells, set[Cell]]]:
    """List every published release, in order, with the cells that it hid: what readers already know."""
    rows = Release.objects.agreed().exclude(period=closed).select_related("period").order_by("agreed_at")
    return [
        (Cells(thaw(release.period.content)), {Cell.read(item) for item in release.content["hidden"]})
        for release in rows
    ]


@transaction.atomic
def release_agree(*, by: User, release: Release) -> Release:
    """Publish it. Raises `ValidationError` when it waits no more, or when the same person asked."""
    figures_check(by, EXPORT)
    _one_at_a_time()
    return decision_agree(release, by=by, tell=_tell)


def release_dismiss(*, by: User, release: Release) -> None:
    figures_check(by, EXPORT)
    decision_dismiss(release, by=by, tell=_tell)


def _one_at_a_time() -> None:
    """Take a lock: two releases prepared together would each be masked without the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reporting_release'))")


def _comments(given: dict[str, str]) -> dict[str, str]:
    comments = {code: words.strip() for code, words in given.items() if code in DEFINITIONS and words.strip()}
    for code, words in comments.items():
        if len(words) > LONGEST_COMMENT:
            raise ValidationError({code: f"Un commentaire tient en {LONGEST_COMMENT} signes."})
    return comments


def _tell(verb: str, release: Release) -> None:
    details = {
        "du": release.first,
        "au": release.last,
        "trace": release.trace,
        "hidden": len(release.content["hidden"]),
    }
    journal_append(action=f"reporting.release.{verb}", kind="release", object_id=release.pk, details=details)
