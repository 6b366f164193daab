"""The views of a list that an account may open, and the one that it opens first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet

from cms.columns.models import SavedView, ViewDefault
from cms.columns.rules.columns import Column, columns_annotated
from cms.columns.rules.conditions import columns_of, where
from cms.columns.rules.views import Opened, ViewContent, content_check, content_of, content_open
from cms.users.models import User
from cms.wall import scope

WHOLE = "toutes"
"""What the address says to ask for the whole list, whatever opens first."""
VIEW, TRIED = "vue", "voir"
"""Parameters: a kept view, and one that is tried without being kept, as JSON."""
GONE = "Cette vue n’existe plus, ou n’est pas partagée avec vous : voici la liste entière, selon vos droits."
UNREAD = "Cette vue ne se lit pas : voici la liste entière."
MOST_COUNTED = 8


@dataclass(frozen=True)
class Wanted:
    """How a list is to be shown: which view, what it gives this reader, and the other views of the list."""

    opened: Opened
    content: ViewContent
    view: SavedView | None = None
    views: tuple[SavedView, ...] = ()
    is_tried: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def is_arranged(self) -> bool:
        return self.view is not None or self.is_tried


def views_seen(list_code: str, user: User) -> QuerySet[SavedView]:
    """Return one's own views of a list, and those shared with one's roles: the wall shows no other."""
    mine = ViewDefault.objects.filter(view=OuterRef("pk"), user=user)
    return SavedView.objects.filter(list_code=list_code, removed_at=None).annotate(is_first=Exists(mine))


def view_wanted(list_code: str, user: User, params: Mapping[str, str], known: Mapping[str, Column]) -> Wanted:
    """Return what the address asks for: a view that is tried, a kept one, the whole list, or what opens first."""
    shown = [column for column in known.values() if column.is_shown]
    whole = Opened(tuple(shown)), ViewContent(tuple(column.code for column in shown))
    views = tuple(views_seen(list_code, user))
    asked = params.get(VIEW, "")
    view = next((each for each in views if str(each.pk) == asked), None)
    if tried := params.get(TRIED, ""):
        try:
            content = content_check(json.loads(tried), known)
        except (ValueError, ValidationError):
            return Wanted(*whole, view=view, views=views, notes=(UNREAD,))
        return Wanted(content_open(content, known, shown[0]), content, view, views, is_tried=True)
    if not asked:
        view = first_view(list_code, user, views)
    if view is None:
        return Wanted(*whole, views=views, notes=(GONE,) if asked not in ("", WHOLE) else ())
    content = content_of(view)
    return Wanted(content_open(content, known, shown[0]), content, view, views)


def first_view(list_code: str, user: User, views: tuple[SavedView, ...]) -> SavedView | None:
    """Return what opens first: one's own choice, else that of one's role. To have chosen the whole list wins too."""
    if mine := next((view for view in views if getattr(view, "is_first", False)), None):
        return mine
    roles = scope.current().roles
    of_role = next((view for view in views if roles & set(view.default_for)), None)
    if of_role is None or ViewDefault.objects.filter(user=user, list_code=list_code, view=None).exists():
        return None
    return of_role


def counts_of(views: tuple[SavedView, ...], rows: QuerySet[Any], known: Mapping[str, Column]) -> dict[Any, int]:
    """Return how many rows each view gives this reader, in one statement; none for what is not run for them."""
    first = next(iter(known.values()))
    opened = {view.pk: content_open(content_of(view), known, first) for view in views[:MOST_COUNTED]}
    run = {pk: each for pk, each in opened.items() if each.sort or each.condition or not each.notes}
    asked = {code for each in run.values() for code in columns_of(each.condition)}
    if not run:
        return {}
    rows = columns_annotated(rows.order_by(), (known[code] for code in asked))
    filters = {f"n{rank}": where(each.condition, known, rows.model) for rank, each in enumerate(run.values())}
    found = rows.aggregate(**{name: Count("pk", filter=kept or None, distinct=True) for name, kept in filters.items()})
    return dict(zip(run, found.values(), strict=True))


def view_editable(view: SavedView, user: User) -> bool:
    """Say whether this account may change a view: its author, or, once shared, whoever manages cases."""
    return view.author_id == user.pk or (view.is_shared and scope.current().sees_all_cases())
