"""Guard of every admin view of a walled model: the right of the role, the row, and the line in the journal."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.permissions import policy_registry

from cms.journal.services import journal_read, refusal_queue
from cms.sessions.step_up import fresh_required
from cms.wall.policies import READING

Row = TypeVar("Row", bound=Model)
GUARDED = "havre_row_guarded"


def actions_of(view_class: type) -> tuple[str, ...]:
    """Rights that a Wagtail view asks for, whatever the row."""
    if required := getattr(view_class, "permission_required", None):
        return (required,)
    return tuple(getattr(view_class, "any_permission_required", None) or READING)


def one_by_pk(rows: QuerySet[Row], pk: object) -> Row | None:
    """Return the row of this key.

    The query has no order: to order by a column, Django compares it with each of those it reads, which takes a third
    of the time of a file with fifteen joins.
    """
    return next(iter(rows.filter(pk=pk).order_by()[:1]), None)


def row_or_404(
    request: HttpRequest,
    model: type[Model],
    pk: object,
    actions: Iterable[str],
    *,
    kind: str = "",
    rows: QuerySet[Any] | None = None,
) -> Model:
    """Return the row if the person may see it; else 404, and a refusal in the journal when such a row exists. `rows`:
    how the view reads it, so that it is read once.
    """
    held = policy_registry.get_by_type(model).instances_user_has_any_permission_for(request.user, set(actions))
    if rows is None:
        rows = held
    elif held.query.where:
        rows = rows.filter(pk__in=held)
    row = one_by_pk(rows, unquote(str(pk)))
    if row is None:
        if kind and isinstance(pk, UUID):
            refusal_queue(kind, pk, f"{kind}.refused")
        raise Http404
    return row


def row_guarded(request: HttpRequest) -> Any:
    """Return the row that the guard of this request has read."""
    return vars(request)[GUARDED]


def guarded(
    view: Callable[..., HttpResponseBase],
    *,
    model: type[Model],
    actions: Iterable[str],
    kind: str = "",
    is_file: bool = False,
    needs_fresh: bool = False,
    reads: Callable[[type[Model]], QuerySet[Any]] | None = None,
) -> Callable[..., HttpResponseBase]:
    """Wrap a view of the admin. `is_file`: consulting the row leaves a line in the journal before the answer.
    `needs_fresh`: the person confirms who they are first. A view that says how it reads its row (`rows_of_file`,
    or `reads`) takes it from `row_guarded`.
    """
    actions = tuple(actions)
    reads = reads or getattr(getattr(view, "view_class", None), "rows_of_file", None)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs:
            row = row_or_404(request, model, kwargs["pk"], actions, kind=kind, rows=reads(model) if reads else None)
            vars(request)[GUARDED] = row
            if needs_fresh and (answer := fresh_required(request)):
                return answer
            if is_file:
                journal_read(kind, kwargs["pk"])
        elif not policy_registry.get_by_type(model).user_has_any_permission(request.user, set(actions)):
            raise Http404
        return view(request, *args, **kwargs)

    return inner
