"""Changing the delays that each severity of incident promises: one version, with why."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.services import manager_only
from cases.incidents.rules import answer_key
from cases.incidents.targets.models import SeverityTargets
from cases.incidents.targets.selectors import Targets, as_data, severities, targets_in_force
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.services import setting_change, value_change


@transaction.atomic
def severity_targets_change(*, targets: Targets, reason: str, by: User) -> SeverityTargets:
    """Put delays in force at once, for what is open too. Raises `ValidationError` when nothing changes, without a
    reason, or when a graver incident would wait longer than a lighter one.
    """
    manager_only()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.severity_targets'))")
    before = targets_in_force()
    if targets == before:
        raise ValidationError("Ces délais sont déjà en vigueur.")
    _check_order(targets)
    last = SeverityTargets.objects.order_by("-number").first()
    row = SeverityTargets(
        number=(last.number if last else 0) + 1,
        targets=as_data(targets),
        reason=reason.strip(),
        changed_at=timezone.now(),
        changed_by=by,
    )
    row.full_clean()
    row.save(force_insert=True)
    for severity in severities():
        target = targets[severity.code]
        values = {
            "report_within_minutes": target.report,
            "acknowledge_within_minutes": target.acknowledge,
            "report_within": target.words.strip(),
        }
        if any(severity.extra.get(name) != value for name, value in values.items()):
            value_change(value=severity, extra=severity.extra | values, reason=reason)
        if target.answer is not None and target.answer != before[severity.code].answer:
            setting_change(
                key=answer_key(severity.extra["level"]), value=target.answer, changed_by_id=by.pk, reason=reason
            )
    journal_append(action="cases.severity_targets.change", details={"number": row.number})
    return row


def _check_order(targets: Targets) -> None:
    """Check that no delay grows from the lightest severity to the gravest."""
    rows = [(severity, targets[severity.code]) for severity in severities()]
    for (_, lighter), (graver, graver_target) in zip(rows, rows[1:], strict=False):
        for name in ("report", "acknowledge", "answer"):
            least, most = getattr(graver_target, name), getattr(lighter, name)
            if least is not None and most is not None and least > most:
                sentence = "Un incident plus grave n’attend pas plus longtemps qu’un autre."
                raise ValidationError({f"{graver.code}_{name}": sentence})
