"""The register of an earlier year: tried whole and asked for by one person, loaded by another."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError

from cases.history.rules import DAYS, HOST, HistoryLine, history_read, lines_freeze, lines_thaw
from cases.history.services import history_load, history_try
from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.files.rules.antivirus import scan
from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.history.models import HistoryImport
from dashboards.reporting.periods.models import ClosedPeriod


def register_try(*, data: bytes, by: User) -> list[HistoryLine]:
    """Try each line of a workbook; nothing is written. Raises `ValidationError` for a file that cannot be read."""
    figures_check(by, EXPORT)
    scan(data)
    return history_try(lines=history_read(data), register=hashlib.sha256(data).hexdigest(), by=by)


def history_ask(*, data: bytes, lines: list[HistoryLine], title: str, by: User) -> HistoryImport:
    """Keep the lines, tried, for somebody else to load. Raises `ValidationError` when one of them is wrong."""
    figures_check(by, EXPORT)
    if any(line.is_wrong for line in lines):
        raise ValidationError("Des lignes sont à corriger dans le classeur : rien n’est gardé.")
    register = HistoryImport(
        title=title,
        lines=len(lines),
        stays=sum(bool(line.facts[HOST]) for line in lines),
        content={"lines": lines_freeze(lines)},
        content_hash=hashlib.sha256(data).hexdigest(),
    )
    return decision_ask(register, by=by, tell=_tell)


def history_agree(*, by: User, register: HistoryImport) -> HistoryImport:
    """Load every line, as another person than the one who asked, or none at all when one no longer stands."""
    figures_check(by, EXPORT)
    return decision_agree(register, by=by, tell=_tell, effect=lambda row: _load(by, row))


def _load(by: User, register: HistoryImport) -> dict[str, Any]:
    done = history_load(lines=lines_thaw(register.content["lines"]), register=register.content_hash, by=by)
    wrong = [f"Ligne {line.number} : {line.said}" for line in done if line.is_wrong]
    if wrong:
        raise ValidationError(["Rien n’est chargé : écartez cette demande et reprenez le classeur.", *wrong[:20]])
    return {"content": {}}


def history_dismiss(*, by: User, register: HistoryImport) -> None:
    """Set it aside, and its lines with it."""
    figures_check(by, EXPORT)
    decision_dismiss(register, by=by, tell=_tell, content={})


def periods_touched(lines: list[HistoryLine]) -> list[ClosedPeriod]:
    """Return the closed periods in which these lines will show as a revision to explain."""
    days = {line.facts[column] for line in lines for column in DAYS if line.facts.get(column)}
    closed = ClosedPeriod.objects.agreed().defer("content", "comments")
    return [row for row in closed if any(row.first <= day <= row.last for day in days)]


def _tell(verb: str, register: HistoryImport) -> None:
    details = {"lines": register.lines, "stays": register.stays, "register": register.content_hash}
    journal_append(action=f"reporting.history.{verb}", kind="historyimport", object_id=register.pk, details=details)
