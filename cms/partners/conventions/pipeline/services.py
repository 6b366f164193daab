"""Following conventions: who answers for one, what comes next, what ends, and who is told before it does."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.journal.services import changes, journal_append
from cms.notify.inbox.services.obligations import Recipient, notifications_follow
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.models import ConventionFollowUp
from cms.partners.conventions.selectors import convention_owners, renewal_days
from cms.users.models import User
from cms.wall import scope

TERM = "convention_term"


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


def terms_follow(*, on: dt.date) -> None:
    """Each morning: who answers for a convention that ends soon is owed a word, with its day; a convention renewed,
    denounced or over is no longer owed. Reminders leave at the delays of the settings.
    """
    with scope.acting(scope.NOTIFY):
        rows = _rows("SELECT * FROM convention_terms(%s, %s)", on, max(renewal_days()))
    recipients = [
        Recipient(object_id=convention_id, person_id=person, due_on=ends_on) for convention_id, ends_on, person in rows
    ]
    notifications_follow(kind=TERM, owed=recipients)


def _rows(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
