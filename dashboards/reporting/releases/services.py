"""Publication of a closed period by two people, with one mask for all readers, given all earlier publications."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.documents.versions.rules.canonical import content_hash
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.models import Value
from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.periods import Period, convention_start
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import thaw
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.rules.calendar import is_step, next_step
from dashboards.reporting.releases.rules.cells import Cells, read_cells
from dashboards.reporting.releases.rules.content import content_of
from dashboards.reporting.releases.rules.joint import Told, masked
from dashboards.reporting.targets.selectors import targets_of

LONGEST_COMMENT = 3000


@transaction.atomic
def release_ask(
    *, by: User, closed: ClosedPeriod, comments: dict[str, str] | None = None, reason: str = ""
) -> Release:
    """Prepare what would be published, for somebody else to agree to. Nothing is read outside until then.

    Raises `ValidationError` when the period is not closed or is published already, and without a `reason` when it is
    not one of the calendar: what it tells is masked in later releases.
    """
    figures_check(by, EXPORT)
    if not closed.is_agreed:
        raise ValidationError("Cette période n’est pas close : une publication part d’une période close.")
    _one_at_a_time()
    if Release.objects.waiting().exclude(period=closed).exists():
        raise ValidationError("Une autre publication attend d’être décidée : décidez-la d’abord, ou écartez-la.")
    reason = _reason(closed, reason)
    content = release_preview(by=by, closed=closed) | ({"exception": reason} if reason else {})
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
    """Return what would be published today, masked with all that was published before."""
    figures_check(by, EXPORT)
    found = masked(Cells(thaw(closed.content)), published_before(closed), _details())
    return content_of(found.cells, found.hidden) | {"targets": targets_of(closed)}


def published_before(closed: ClosedPeriod) -> list[Told]:
    """List every published release, in order: its tables as they were told, and the cells that it hid."""
    rows = Release.objects.agreed().exclude(period=closed).select_related("period").order_by("agreed_at")
    return [told_of(release) for release in rows]


def told_of(release: Release) -> Told:
    return cells_told(thaw(release.period.content), release.content)


def cells_told(report: Report, content: dict[str, Any]) -> Told:
    """Return a release as its readers know it, whatever the plan of today tells."""
    items = content["indicators"]
    tables = {(item["code"], table["code"]) for item in items for table in item["tables"]}
    shares = {
        figure["code"]: figure["value"]
        for item in items
        for figure in item["figures"]
        if figure["kind"] == "percent" and figure["value"] is not None
    }
    untold = [(code, name) for code, name in content.get("withheld", ())]
    return Told(Cells(report, tables, shares, untold), frozenset(read_cells(content["hidden"])))


def _details() -> dict[str, dict[str, str]]:
    """Return which types of employer are partners: a definition that readers have."""
    rows = Value.objects.filter(list_id="type_employeur").values_list("pk", "extra")
    return {"is_partner": {key: str(bool(extra.get("is_partner"))).lower() for key, extra in rows}}


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


def is_of_calendar(closed: ClosedPeriod) -> bool:
    return is_step(Period(closed.first, closed.last), convention_start())


def _reason(closed: ClosedPeriod, reason: str) -> str:
    """Return why a period that is not of the calendar is published. Raises `ValidationError` when nobody says it."""
    if is_of_calendar(closed):
        return ""
    period, start = Period(closed.first, closed.last), convention_start()
    if not reason.strip():
        raise ValidationError(
            {
                "reason": "Les publications se suivent depuis le début de l’année : la prochaine serait "
                f"{next_step(period, start)}. Pour publier cette période quand même, dites pourquoi : les suivantes "
                "montreront moins."
            }
        )
    return reason.strip()


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
        "withheld": len(release.content.get("withheld", ())),
        "is_exception": "exception" in release.content,
    }
    journal_append(action=f"reporting.release.{verb}", kind="release", object_id=release.pk, details=details)
