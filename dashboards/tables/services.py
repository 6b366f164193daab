"""Saving, sharing, pinning and removing tables."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.values.versions import version_keep
from dashboards.policies import VIEW, figures_check
from dashboards.tables.models import SavedTable
from dashboards.tables.selectors import table_wanted

KIND = "saved_table"
PART = "tables"
FACTS = ("title", "data", "rows_by", "columns_by", "measure", "span", "filters", "is_pinned")
"""What a version of a shared table says, and its line in the configuration."""
CODED = ("data", "rows_by", "columns_by", "measure", "span", "is_shared", "is_pinned", "filters")


@transaction.atomic
def table_save(*, user: User, table: SavedTable | None = None, reason: str = "", **facts: Any) -> SavedTable:
    """Keep a table, or change one’s own. Raises `PermissionDenied`; `ValidationError` when parts clash.

    Versions are those of what is shared: a table that somebody keeps alone has none that others would read.
    """
    figures_check(user, VIEW)
    if table is not None and table.author_id != user.pk:
        raise PermissionDenied(
            "Seule la personne qui a fait ce tableau le modifie : enregistrez-le sous un autre nom."
        )
    row = table or SavedTable(author=user)
    # A form has already put its answers on the row that it was given.
    known = SavedTable.objects.get(pk=table.pk) if table else None
    before = {name: getattr(known, name) for name in CODED} if known else {}
    for name, value in facts.items():
        setattr(row, name, value)
    table_wanted(row)
    row_clean(row)
    row.save()
    after = {name: getattr(row, name) for name in CODED}
    version_keep(part=PART, key=str(row.pk), before=_shared(known), after=_shared(row), reason=reason)
    action = "dashboards.table.change" if table else "dashboards.table.create"
    journal_append(action=action, kind=KIND, object_id=row.pk, details=changes(before, after, CODED))
    return row


@transaction.atomic
def table_remove(*, user: User, table: SavedTable) -> None:
    """Take a table of one's own away; nobody else reads it any more."""
    if table.author_id != user.pk:
        raise PermissionDenied("Seule la personne qui a fait ce tableau le retire.")
    before = _shared(table)
    table.removed_at = timezone.now()
    version_keep(part=PART, key=str(table.pk), before=before, after=None)
    table.save(update_fields=["removed_at"])
    journal_append(action="dashboards.table.remove", kind=KIND, object_id=table.pk)


def _shared(table: SavedTable | None) -> dict[str, Any] | None:
    return {name: getattr(table, name) for name in FACTS} if table and table.is_shared else None


@transaction.atomic
def table_restore(*, key: str, content: dict[str, Any], reason: str, user: User) -> SavedTable:
    """Put a version of a shared table back, under the rule of any other change: whoever made it changes it. Raises
    `ValidationError` for the others, who may make one of their own of it.
    """
    table = SavedTable.objects.filter(pk=key).select_related("author").first()
    if table is None or table.author_id != user.pk:
        raise ValidationError(
            f"Seule la personne qui a fait ce tableau le rétablit{f' : {table.author}' if table else ''}. Vous pouvez "
            "en composer un pareil, sous votre nom."
        )
    table.removed_at = None
    return table_save(user=user, table=table, reason=reason, is_shared=True, **content)
