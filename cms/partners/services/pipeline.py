"""Following conventions: who answers for one, what comes next, what ends, and who is told before it does."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.access import scope
from cms.access.mails import mail_send
from cms.journal.services import changes, journal_append
from cms.partners.models import Convention, ConventionFollowUp
from cms.partners.selectors import convention_owners
from cms.partners.settings import renewal_days
from cms.users.models import User


@transaction.atomic
def convention_follow(
    *, convention: Convention, owner: User | None, next_step: str = "", next_step_on: dt.date | None = None
) -> ConventionFollowUp:
    """Say who answers for a convention and what comes next. Raises `ValidationError` for an owner who may not."""
    if owner and not convention_owners().filter(pk=owner.pk).exists():
        raise ValidationError({"owner": "Choisissez une personne de la coordination ou de la direction."})
    Convention.objects.select_for_update().get(pk=convention.pk)
    row = ConventionFollowUp.objects.filter(convention=convention).first() or ConventionFollowUp(convention=convention)
    before = {"owner_id": row.owner_id, "next_step": row.next_step, "next_step_on": row.next_step_on}
    after = {"owner_id": owner and owner.pk, "next_step": next_step.strip(), "next_step_on": next_step_on}
    for name, value in after.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False)
    row.save()
    journal_append(
        action="partners.convention.follow",
        kind="convention",
        object_id=convention.pk,
        details=changes(before, after, ("owner_id", "next_step_on"), ("next_step",)),
    )
    return row


def conventions_expire(*, on: dt.date) -> int:
    """Move signed conventions past their last day to « échue »; answers how many. Run again, it moves nothing.

    Figures do not wait for it: they read the dates. It runs late without changing any.
    """
    with scope.acting(scope.NOTIFY):
        ids = [convention_id for (convention_id,) in _rows("SELECT * FROM conventions_expire(%s)", on)]
        for convention_id in ids:
            journal_append(
                action="partners.convention.advance",
                kind="convention",
                object_id=convention_id,
                details={"stage": ["signed", "ended"]},
            )
    return len(ids)


def renewals_remind(*, on: dt.date) -> int:
    """Tell who answers for each convention that it ends soon; answers how many messages left.

    Each reminder reaches a person once, whenever the job runs: what is due and was not told is told, in one message a
    person. A message that does not leave is tried again the next time, and stops nobody else's.
    """
    steps = renewal_days()
    with scope.acting(scope.NOTIFY):
        people = sorted({person for *_, person, _ in _due(on, steps)})
    sent, failed = 0, 0
    for person in people:
        try:
            sent += _remind(person, on, steps)
        except ValidationError:
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} rappel(s) d’échéance ne sont pas partis")
    return sent


def _remind(person: Any, on: dt.date, steps: list[int]) -> int:
    """One person, in a transaction of its own: marked if the message leaves, and only then."""
    with scope.acting(scope.NOTIFY):
        # Two jobs at once: the second waits, then finds nothing left to tell.
        _rows("SELECT pg_advisory_xact_lock(hashtext('partners.renewals'))")
        due = [row for row in _due(on, steps) if row[3] == person]
        if not due:
            return 0
        nearest: dict[Any, int] = {}
        for convention_id, ends_on, days, _, _ in due:
            nearest[convention_id] = min(days, nearest.get(convention_id, days))
            _rows("SELECT convention_reminder_mark(%s, %s, %s, %s)", convention_id, ends_on, days, person)
        for convention_id, days in nearest.items():
            journal_append(
                action="partners.convention.remind",
                kind="convention",
                object_id=convention_id,
                details={"days": days},
            )
        counts = [(days, list(nearest.values()).count(days)) for days in sorted(set(nearest.values()))]
        mail_send("renewal", [due[0][4]], counts=counts)
    return 1


def _due(on: dt.date, steps: list[int]) -> list[tuple]:
    return _rows("SELECT * FROM convention_renewals_due(%s, %s)", on, steps)


def _rows(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
