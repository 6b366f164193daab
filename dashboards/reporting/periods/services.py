"""Closing of a period by two people, and explanation of later changes in its figures."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.documents.versions.rules.canonical import content_hash
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.periods import Period
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.common.models import TwoPersonDecision
from dashboards.reporting.periods.models import ClosedPeriod, ClosedRows, Revision
from dashboards.reporting.periods.rules import freeze
from dashboards.reporting.periods.selectors import keys_hash, movements_since
from dashboards.workbook.services import trace_of

Row = TypeVar("Row", bound=TwoPersonDecision)


@transaction.atomic
def period_close_ask(*, by: User, period: Period, title: str) -> ClosedPeriod:
    """Freeze the figures of a period and ask somebody else to close it.

    Raises `PermissionDenied` without the right, `ValidationError` when the period is not over, is closed or waits.
    """
    figures_check(by, EXPORT)
    if period.last >= timezone.localdate():
        raise ValidationError(
            {"last": "Cette période n’est pas finie : elle se clôt à partir du lendemain de son dernier jour."}
        )
    content = freeze(figures_for(by, period, right=EXPORT, is_fresh=True))
    ids = counted_ids(by, period)
    closed = ClosedPeriod(
        title=title.strip() or str(period).capitalize(),
        first=period.first,
        last=period.last,
        trace=trace_of(period, ids),
        content=content,
        content_hash=content_hash(content),
        asked_by=by,
        asked_at=timezone.now(),
    )
    row_clean(closed)
    closed.save(force_insert=True)
    ClosedRows.objects.bulk_create(
        ClosedRows(period=closed, code=code, keys=sorted(keys), keys_hash=keys_hash(keys))
        for code, keys in ids.items()
    )
    _tell("reporting.period.ask", closed)
    return closed


@transaction.atomic
def period_close_agree(*, by: User, closed: ClosedPeriod) -> ClosedPeriod:
    """Close it, as another person than the one who asked, while the rows are still those that were frozen."""
    figures_check(by, EXPORT)
    closed = waiting_locked(closed, by)
    if movements_since(by, closed):
        raise ValidationError(
            "Des fiches ont changé depuis la demande : écartez-la, puis demandez de nouveau la clôture."
        )
    return _agree(closed, by, "reporting.period.agree")


@transaction.atomic
def period_dismiss(*, by: User, closed: ClosedPeriod) -> None:
    figures_check(by, EXPORT)
    dismiss(waiting_locked(closed, None), by, "reporting.period.dismiss")


@transaction.atomic
def revision_note(*, by: User, closed: ClosedPeriod, code: str, why: str, words: str = "") -> Revision:
    """Tell why an indicator of a closed period moved. Raises `ValidationError` when nothing moved since."""
    figures_check(by, EXPORT)
    closed = ClosedPeriod.objects.select_for_update().get(pk=closed.pk)
    if not closed.is_agreed:
        raise ValidationError("Cette période n’est pas close : ses chiffres suivent encore les fiches.")
    moved = next((item for item in movements_since(by, closed) if item.code == code), None)
    if moved is None or moved.is_explained:
        raise ValidationError({"code": "Rien n’a changé dans cet indicateur depuis la dernière révision."})
    revision = Revision(
        period=closed,
        code=code,
        added=list(moved.new),
        removed=list(moved.gone),
        why=why,
        words=words.strip(),
        noted_by=by,
        noted_at=timezone.now(),
    )
    row_clean(revision)
    revision.save(force_insert=True)
    details = {"code": code, "added": len(moved.new), "removed": len(moved.gone), "why": why}
    journal_append(action="reporting.period.revise", kind="closedperiod", object_id=closed.pk, details=details)
    return revision


def waiting_locked(row: Row, by: User | None) -> Row:
    """Lock the row for this transaction. Raises `ValidationError` when it waits no more, or for somebody else."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if not row.is_waiting:
        raise ValidationError("Cette demande n’attend plus : quelqu’un vient de la décider.")
    if by is not None and row.asked_by_id == by.pk:
        raise ValidationError("Vous l’avez demandé : une autre personne doit décider.")
    return row


def _agree(closed: ClosedPeriod, by: User, action: str) -> ClosedPeriod:
    closed.agreed_by, closed.agreed_at = by, timezone.now()
    closed.save(update_fields=["agreed_by", "agreed_at"])
    _tell(action, closed)
    return closed


def dismiss(row: TwoPersonDecision, by: User, action: str) -> None:
    row.dismissed_by, row.dismissed_at = by, timezone.now()
    row.save(update_fields=["dismissed_by", "dismissed_at"])
    journal_append(action=action, kind=str(type(row)._meta.model_name), object_id=row.pk)


def _tell(action: str, closed: ClosedPeriod) -> None:
    details = {"du": closed.first, "au": closed.last, "trace": closed.trace}
    journal_append(action=action, kind="closedperiod", object_id=closed.pk, details=details)
