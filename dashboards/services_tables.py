"""Keeping, sharing, pinning and removing tables."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.users.models import User
from dashboards.models import SavedTable
from dashboards.policies import VIEW, figures_check
from dashboards.tables import table_wanted

KIND = "saved_table"
CODED = ("data", "rows_by", "columns_by", "measure", "span", "is_shared", "is_pinned", "filters")


@transaction.atomic
def table_save(*, user: User, table: SavedTable | None = None, **facts: Any) -> SavedTable:
    """Keep a table, or change one’s own. Raises `PermissionDenied`; `ValidationError` when parts clash."""
    figures_check(user, VIEW)
    if table is not None and table.author_id != user.pk:
        raise PermissionDenied(
            "Seule la personne qui a fait ce tableau le modifie : enregistrez-le sous un autre nom."
        )
    row = table or SavedTable(author=user)
    before = {name: getattr(row, name) for name in CODED} if table else {}
    for name, value in facts.items():
        setattr(row, name, value)
    table_wanted(row)
    row_clean(row)
    row.save()
    after = {name: getattr(row, name) for name in CODED}
    action = "dashboards.table.change" if table else "dashboards.table.create"
    journal_append(action=action, kind=KIND, object_id=row.pk, details=changes(before, after, CODED))
    return row


@transaction.atomic
def table_remove(*, user: User, table: SavedTable) -> None:
    """Take a table of one's own away; nobody else reads it any more."""
    if table.author_id != user.pk:
        raise PermissionDenied("Seule la personne qui a fait ce tableau le retire.")
    table.removed_at = timezone.now()
    table.save(update_fields=["removed_at"])
    journal_append(action="dashboards.table.remove", kind=KIND, object_id=table.pk)
