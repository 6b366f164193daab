"""Keeping, sharing and removing views; choosing which one opens first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cms.columns.models import SavedView, ViewDefault
from cms.columns.rules.columns import ListColumns, readable
from cms.columns.rules.views import content_check, roles_check
from cms.columns.selectors import view_editable
from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.values.versions import version_keep
from cms.wall import scope

KIND = "saved_view"
PART = "views"
FACTS = ("list_code", "code", "title", "columns", "condition", "sort", "shared_with", "default_for", "position")
"""What a version of a shared view says, and its line in the configuration."""
MOST_VIEWS = 40
"""Views of one list that one person keeps or shares: more would be no choice."""


@dataclass(frozen=True)
class Sharing:
    """Roles that are given a view, those that open it first, and its place among the tabs."""

    shared_with: Sequence[str] = ()
    default_for: Sequence[str] = ()
    position: int = 0


PRIVATE = Sharing()


@transaction.atomic
def view_save(
    *,
    user: User,
    columns: ListColumns,
    view: SavedView | None = None,
    title: str,
    content: dict[str, Any],
    sharing: Sharing = PRIVATE,
    reason: str = "",
) -> SavedView:
    """Keep a view of a list that `user` may open. Raises `PermissionDenied`; `ValidationError` beside what clashes."""
    if not columns.is_open(user) or (view is not None and not view_editable(view, user)):
        raise PermissionDenied("Cette liste ou cette vue ne vous est pas ouverte.")
    if sharing.shared_with and not scope.current().sees_all_cases():
        raise PermissionDenied("La coordination seule partage une vue.")
    if view is not None and view.author_id != user.pk and not sharing.shared_with:
        raise ValidationError({"shared_with": "Une vue faite par une autre personne reste partagée, ou se retire."})
    row = view or SavedView(author=user, list_code=columns.code)
    if (
        view is None
        and SavedView.objects.filter(author=user, list_code=columns.code, removed_at=None).count() >= MOST_VIEWS
    ):
        raise ValidationError(f"Vous gardez déjà {MOST_VIEWS} vues de cette liste : retirez-en une.")
    # A form has already put its answers on the row that it was given.
    known = SavedView.objects.get(pk=view.pk) if view else None
    before = _facts(known)
    checked = content_check(content, readable(columns.all(), user)).plain()
    row.title = title.strip()
    row.columns, row.condition, row.sort = checked["columns"], checked["condition"], checked["sort"]
    row.shared_with = roles_check(sharing.shared_with, columns.roles)
    row.default_for = roles_check(sharing.default_for, columns.roles)
    row.position = sharing.position
    row.code = row.code if known and known.is_shared else slugify(row.title)[:80] or "vue"
    row.removed_at = None
    row_clean(row)
    row.save()
    _first_for(row, reason)
    _tell(row, known, before, reason)
    return row


def _tell(row: SavedView, known: SavedView | None, before: dict[str, Any], reason: str) -> None:
    after = _facts(row)
    version_keep(part=PART, key=str(row.pk), before=_shared(known), after=_shared(row), reason=reason)
    coded = [name for name in FACTS if name != "title"]
    action = "columns.view.change" if known else "columns.view.create"
    details = changes(before, after, coded, ["title"])
    journal_append(action=action, kind=KIND, object_id=row.pk, details=details)


def _first_for(row: SavedView, reason: str) -> None:
    """Take from the other views of the list the roles for which this one now opens first."""
    if not row.default_for:
        return
    others = SavedView.objects.filter(list_code=row.list_code, default_for__overlap=row.default_for).exclude(pk=row.pk)
    for other in others.select_for_update():
        before = _shared(other)
        other.default_for = sorted(set(other.default_for) - set(row.default_for))
        other.save(update_fields=["default_for"])
        version_keep(part=PART, key=str(other.pk), before=before, after=_shared(other), reason=reason)


@transaction.atomic
def view_remove(*, user: User, view: SavedView) -> None:
    """Take a view away. Those who opened it first come back to the whole list; its versions stay."""
    if not view_editable(view, user):
        raise PermissionDenied("Cette vue est celle d’une autre personne.")
    before = _shared(view)
    view.removed_at, view.default_for = timezone.now(), []
    view.save(update_fields=["removed_at", "default_for"])
    version_keep(part=PART, key=str(view.pk), before=before, after=None)
    journal_append(action="columns.view.remove", kind=KIND, object_id=view.pk)


def view_first(*, user: User, list_code: str, view: SavedView | None) -> None:
    """Choose what one opens first: a view, or the whole list."""
    ViewDefault.objects.update_or_create(user=user, list_code=list_code, defaults={"view": view})


def _facts(view: SavedView | None) -> dict[str, Any]:
    return {name: getattr(view, name) for name in FACTS} if view else {}


def _shared(view: SavedView | None) -> dict[str, Any] | None:
    return _facts(view) if view and view.is_shared and view.removed_at is None else None
