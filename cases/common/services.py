"""Writing one row: checked, saved, recorded in the journal. Every service of the app goes through here."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.wall import scope

NOT_OPEN = "Cette action n’est pas ouverte à votre compte."


def row_create(
    row: Any,
    *,
    kind: str,
    action: str,
    coded: Iterable[str],
    sealed: Iterable[str] = (),
    exclude: Collection[str] = (),
    object_id: Any = None,
) -> None:
    """Insert a row. `exclude` names the foreign keys that the actor may point at without seeing them: the database
    checks those alone. `object_id` is the object named in the journal when it is not the row itself.
    """
    row_clean(row, exclude=exclude)
    row.save(force_insert=True)
    details = changes({}, snapshot(row, [*coded, *sealed]), coded, sealed)
    journal_append(action=action, kind=kind, object_id=object_id or row.pk, details=details)


def row_change(
    row: Any,
    values: dict[str, Any],
    *,
    kind: str,
    action: str,
    sealed: Collection[str] = (),
    exclude: Collection[str] = (),
    object_id: Any = None,
    reason: str = "",
) -> None:
    """Give a row new values; the journal records both values of the coded ones and only the names of the others."""
    before = snapshot(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row_clean(row, exclude=exclude, changed=values)
    row.save(update_fields=list(values))
    coded = [name for name in values if name not in sealed]
    details = changes(before, snapshot(row, values), coded, sealed)
    journal_append(action=action, kind=kind, object_id=object_id or row.pk, details=details, reason=reason)


def snapshot(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def lock(row: Model) -> None:
    """Lock a row until the end of the transaction, and read it again.

    Raises `ValidationError` when the actor may not write it.
    """
    try:
        row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())
    except ObjectDoesNotExist:
        raise ValidationError(NOT_OPEN, code="scope") from None


def past(field: str, at: dt.datetime) -> dt.datetime:
    """Return the moment given; raise `ValidationError` beside its field when it is in the future."""
    if at > timezone.now():
        raise ValidationError({field: "Cette date est dans le futur."})
    return at


def past_day(field: str, day: dt.date) -> dt.date:
    if day > timezone.localdate():
        raise ValidationError({field: "Cette date est dans le futur."})
    return day


def manager_only() -> None:
    """Raise `ValidationError` unless the actor coordinates. The database refuses too, without a clear message."""
    if not manages():
        raise ValidationError(NOT_OPEN, code="scope")


def manages() -> bool:
    return scope.current().sees_all_cases()
