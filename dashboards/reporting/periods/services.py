"""Closing of a period by two people, and explanation of later changes in its figures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.documents.versions.rules.canonical import content_hash
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.periods import Period
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.periods.models import ClosedPeriod, ClosedRows, Revision
from dashboards.reporting.periods.rules import freeze
from dashboards.reporting.periods.selectors import keys_hash, movements_since
from dashboards.workbook.services import trace_of


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
    )
    decision_ask(closed, by=by, tell=_tell)
    ClosedRows.objects.bulk_create(
        ClosedRows(period=closed, code=code, keys=sorted(keys), keys_hash=keys_hash(keys))
        for code, keys in ids.items()
    )
    return closed


def period_close_agree(*, by: User, closed: ClosedPeriod) -> ClosedPeriod:
    """Close it, as another person than the one who asked, while the rows are still those that were frozen."""
    figures_check(by, EXPORT)
    return decision_agree(closed, by=by, tell=_tell, effect=lambda row: _unmoved(by, row))


def _unmoved(by: User, closed: ClosedPeriod) -> dict[str, Any]:
    if movements_since(by, closed):
        raise ValidationError(
            "Des fiches ont changé depuis la demande : écartez-la, puis demandez de nouveau la clôture."
        )
    return {}


def period_dismiss(*, by: User, closed: ClosedPeriod) -> None:
    figures_check(by, EXPORT)
    decision_dismiss(closed, by=by, tell=_tell)


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
        cells={cell.key: cell.now for cell in moved.unexplained_cells},
        why=why,
        words=words.strip(),
        noted_by=by,
        noted_at=timezone.now(),
    )
    row_clean(revision)
    revision.save(force_insert=True)
    counts = {"added": len(moved.new), "removed": len(moved.gone), "cells": len(moved.unexplained_cells)}
    details = {"code": code, "why": why} | counts
    journal_append(action="reporting.period.revise", kind="closedperiod", object_id=closed.pk, details=details)
    return revision


def _tell(verb: str, closed: ClosedPeriod) -> None:
    details = {"du": closed.first, "au": closed.last, "trace": closed.trace}
    journal_append(action=f"reporting.period.{verb}", kind="closedperiod", object_id=closed.pk, details=details)
