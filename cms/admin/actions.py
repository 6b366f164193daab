"""What may be done to a row of the admin, declared once: its address, its button and its page come from here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from cms.admin.guard import one_by_pk
from cms.kit import blocks
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.users.models import User
from cms.users.requests import UserRequest

Cleaned = dict[str, Any]
Text = str | Callable[[Any], object]
"""A text, or what gives it from the row."""


@dataclass(frozen=True)
class RowAction:
    """An action on a row. Whatever takes a `row` is given that of the file, or what `find` gives.

    `name` names the address, `route` follows the key of the row in it. With a `label`, the file shows a button when
    `when` allows it; without one, the page is opened from elsewhere (a table of the file, most often).
    """

    name: str
    route: str
    label: str = ""
    when: Callable[[Any], bool] | None = None
    is_main: bool | Callable[[Any], bool] = False
    order: int = 0
    """Place of the button among those that several capabilities declare on one file."""
    permission: str = "change"
    needs_fresh: bool = False
    """Ask who the person is once more: for a reveal, or a change of rights."""

    title: Text = ""
    """The label of the button, unless said otherwise."""
    subtitle: Text = str
    intro: Text = ""
    submit_label: str = "Enregistrer"

    select_related: Sequence[str] = ()
    find: Callable[..., Any] | None = None
    """What the action is about, from every parameter of the address. Raises `Http404`."""
    form: Callable[..., AdminForm] = AdminForm
    """Unless said otherwise, nothing to fill in: the page is only a button."""
    form_kwargs: Callable[[Any], dict[str, Any]] | None = None
    initial: Callable[[Any], dict[str, Any] | None] | None = None
    proposed: Sequence[str] = ()
    """Fields that a link may propose (`?party=…`); the form checks what comes back like any other choice."""
    impact: Callable[[Any, Cleaned], Sequence[str]] | None = None
    service: Callable[[Any, Cleaned, User], object] | None = None
    done: str | Callable[[Any, Any], str] = ""
    """Said once done; a function is given the row and what the service returned."""
    back_to: Callable[[Any], str] | None = None
    """The page it comes from, when that is not the file."""
    goes_to: Callable[[Any, Any], str | HttpResponse] | None = None
    """Where it leads once done, when that is not back where it comes from: an address, or the answer itself."""

    view: Callable[..., HttpResponseBase] | None = None
    """A page that is not one form and one service. It is guarded like the others."""
    reads: Callable[[type[Model]], QuerySet[Any]] | None = None
    """How such a page reads its row: the guard reads it once for both, and the page takes it from `row_guarded`."""

    def is_shown(self, row: Any) -> bool:
        return bool(self.label) and (self.when is None or self.when(row))

    def button(self, row: Any, namespace: str) -> blocks.Action:
        is_main = self.is_main(row) if callable(self.is_main) else self.is_main
        return blocks.Action(self.label, reverse(f"{namespace}:{self.name}", args=[row.pk]), is_main)

    def page(self, model: type[Model], namespace: str) -> Callable[..., HttpResponseBase]:
        """Return the view of this action on the rows of `model`, to be guarded by its viewset."""
        return self.view or partial(_page, action=self, model=model, back=f"{namespace}:inspect")


def _page(
    request: UserRequest, pk: Any, *, action: RowAction, model: type[Model], back: str, **more: Any
) -> HttpResponse:
    if action.service is None:
        raise TypeError(f"« {action.name} » declares neither a service nor a view.")
    service, impact, done, goes_to = action.service, action.impact, action.done, action.goes_to
    row = action.find(pk, **more) if action.find else _row(model, action.select_related, pk)
    form = _form(request, action, row)
    back_url = action.back_to(row) if action.back_to else reverse(back, args=[pk])
    return action_page(
        request,
        form=form,
        run=lambda cleaned: service(row, form.given(), request.user),
        title=_text(action.title or action.label, row),
        subtitle=_text(action.subtitle, row),
        intro=_text(action.intro, row),
        done=partial(done, row) if callable(done) else done,
        back_url=back_url,
        done_url=partial(goes_to, row) if goes_to else "",
        submit_label=action.submit_label,
        impact=partial(impact, row) if impact else None,
    )


def _row(model: type[Model], select_related: Sequence[str], pk: Any) -> Model:
    """Return the row; `Http404` when it has gone since the guard saw it through the wall."""
    rows = model._default_manager.select_related(*select_related) if select_related else model._default_manager.all()
    row = one_by_pk(rows, pk)
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, action: RowAction, row: Any) -> AdminForm:
    kwargs = action.form_kwargs(row) if action.form_kwargs else {}
    proposed = {name: request.GET[name] for name in action.proposed if name in request.GET}
    if action.initial or proposed:
        known = action.initial(row) if action.initial else None
        kwargs = {**kwargs, "initial": {**(known or {}), **proposed}}
    data = (request.POST, request.FILES or None) if request.method == "POST" else (None, None)
    return action.form(*data, **kwargs)


def _text(text: Text, row: Any) -> str:
    return str(text(row)) if callable(text) else text


_registered: dict[type[Model], list[RowAction]] = defaultdict(list)


def register_actions(model: type[Model], *actions: RowAction) -> None:
    """Put actions on the files of `model` from a capability that its viewset does not know."""
    _registered[model] += actions


def actions_on(model: type[Model], own: Iterable[RowAction] = ()) -> list[RowAction]:
    """Return the actions of a viewset and those registered on its model, in the order of their buttons."""
    actions = sorted([*own, *_registered[model]], key=lambda action: action.order)
    names = [action.name for action in actions]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{model._meta.label} has two actions of one name: {', '.join(sorted(twice))}.")
    return actions


def buttons(actions: Iterable[RowAction], row: Any, namespace: str) -> list[blocks.Action]:
    """Return the buttons that the state of `row` allows."""
    return [action.button(row, namespace) for action in actions if action.is_shown(row)]
