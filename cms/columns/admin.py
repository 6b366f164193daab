"""Arranging a list, in the back office: try, keep, share, open first, remove. No page needs a script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.viewsets.base import ViewSet

from cms.columns.forms.views import ViewForm
from cms.columns.models import SavedView
from cms.columns.rules.columns import Column, ListColumns, list_get, readable
from cms.columns.rules.views import ViewContent, content_check
from cms.columns.selectors import TRIED, VIEW, WHOLE, Wanted, view_editable, view_wanted
from cms.columns.services import KIND, Sharing, view_first, view_remove, view_save
from cms.journal.services import refusal_queue
from cms.kit.constraints import sentence_for
from cms.users.requests import UserRequest
from cms.wall import scope

KEPT = "La vue est enregistrée."


def _list_or_404(request: UserRequest, code: str) -> ListColumns:
    columns = list_get(code)
    if columns is None or not columns.is_open(request.user):
        raise Http404
    return columns


def _view_or_404(request: UserRequest, pk: UUID) -> SavedView:
    view = SavedView.objects.filter(pk=pk, removed_at=None).first()
    if view is None:
        refusal_queue(KIND, pk, "columns.view.refused")
        raise Http404
    _list_or_404(request, view.list_code)
    return view


def address(columns: ListColumns, view: SavedView | None, content: ViewContent | None = None) -> str:
    """Return the link of a view, or of what is tried without being kept."""
    asked = {VIEW: str(view.pk) if view else WHOLE}
    if content is not None:
        asked[TRIED] = json.dumps(content.plain(), separators=(",", ":"))
    return f"{columns.url()}?{urlencode(asked)}"


@dataclass(frozen=True)
class Tab:
    """One view of a list, or the whole list, with how many rows it gives this reader."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False
    is_shared: bool = False


@dataclass(frozen=True)
class Bar:
    """What stands above a list: its views, what this reader does not get of the one shown, what may be done."""

    tabs: list[Tab]
    notes: tuple[str, ...]
    arrange_url: str
    new_url: str
    first_url: str
    view: SavedView | None
    is_tried: bool
    is_first: bool
    link: str


def bar_of(columns: ListColumns, wanted: Wanted, request: Any, counts: Mapping[Any, int]) -> Bar:
    view, asked = wanted.view, {TRIED: request.GET[TRIED]} if TRIED in request.GET else {}
    tabs = [Tab("Toutes", address(columns, None), None, view is None and not wanted.is_tried)]
    for each in wanted.views:
        is_current = view is not None and each.pk == view.pk
        tabs.append(Tab(each.title, address(columns, each), counts.get(each.pk), is_current, each.is_shared))
    new_url = reverse("havre_views:new", args=[columns.code])
    from_here = urlencode({VIEW: str(view.pk) if view else WHOLE} | asked)
    arranges = (
        f"{reverse('havre_views:edit', args=[view.pk])}?{urlencode(asked)}" if view else f"{new_url}?{from_here}"
    )
    return Bar(
        tabs=tabs,
        notes=(*wanted.notes, *wanted.opened.notes),
        arrange_url=arranges,
        new_url=f"{new_url}?{from_here}",
        first_url=reverse("havre_views:first", args=[columns.code]),
        view=view,
        is_tried=wanted.is_tried,
        is_first=bool(view and getattr(view, "is_first", False)),
        link=request.build_absolute_uri(address(columns, view)) if view else "",
    )


def new(request: UserRequest, list_code: str) -> HttpResponse:
    """Arrange a list from what the address asks of it, under a name of its own."""
    columns = _list_or_404(request, list_code)
    known = readable(columns.all(), request.user)
    content = view_wanted(columns.code, request.user, request.GET, known).content
    return _page(request, columns, known, content, None)


def edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Change one's own view, or a shared one for whoever manages cases; the others make theirs of it."""
    view = _view_or_404(request, pk)
    columns = _list_or_404(request, view.list_code)
    known = readable(columns.all(), request.user)
    content = view_wanted(columns.code, request.user, {**request.GET.dict(), VIEW: str(pk)}, known).content
    return _page(request, columns, known, content, view if view_editable(view, request.user) else None)


def _page(
    request: UserRequest, columns: ListColumns, known: dict[str, Column], content: ViewContent, view: SavedView | None
) -> HttpResponse:
    shares = tuple(columns.roles) if scope.current().sees_all_cases() else ()
    posted = request.POST if request.method == "POST" else None
    form = ViewForm(posted, known=known, content=content, shares=shares, initial=_initial(view))
    if form.is_valid():
        written = form.written()
        if "voir" in request.POST:
            if checked := _checked(form, written, known):
                return redirect(address(columns, view, checked))
        elif "lignes" not in request.POST and (saved := _save(request, form, written, columns, view)):
            messages.success(request, KEPT)
            return redirect(address(columns, saved))
    title = f"Vue « {view} »" if view else "Nouvelle vue"
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": columns.url(), "label": columns.label},
        {"url": "", "label": title},
    ]
    context = {
        "header_title": title, "header_icon": "sliders", "breadcrumbs_items": crumbs, "form": form, "view_row": view,
        "back_url": address(columns, view), "sealed": [each for each in columns.all().values() if each.is_sealed],
        "list_label": columns.label,
    }  # fmt: skip
    is_refused = posted is not None and not ("voir" in posted or "lignes" in posted)
    return render(request, "columns/view.html", context, status=422 if is_refused or form.errors else 200)


def _initial(view: SavedView | None) -> dict[str, Any]:
    if view is None:
        return {}
    return {"title": view.title, "shared_with": view.shared_with, "default_for": view.default_for}


def _checked(form: ViewForm, written: dict[str, Any], known: dict[str, Column]) -> ViewContent | None:
    try:
        return content_check(written, known)
    except ValidationError as error:
        _say(form, error)
        return None


def _save(
    request: UserRequest, form: ViewForm, written: dict[str, Any], columns: ListColumns, view: SavedView | None
) -> SavedView | None:
    """Return the view once kept; None when it was refused, and the form says why."""
    given = form.cleaned_data
    if not given["title"].strip():
        form.add_error("title", "Donnez un nom pour enregistrer cette vue.")
        return None
    sharing = Sharing(given.get("shared_with", ()), given.get("default_for", ()), view.position if view else 0)
    try:
        with transaction.atomic():
            saved = view_save(
                user=request.user, columns=columns, view=view, title=given["title"], content=written, sharing=sharing
            )
            if given["is_first"]:
                view_first(user=request.user, list_code=columns.code, view=saved)
            return saved
    except ValidationError as error:
        _say(form, error)
    except IntegrityError as error:
        form.add_error(None, sentence_for(error))
    return None


def _say(form: ViewForm, error: ValidationError) -> None:
    """Put beside its field what has one; above the form, what the columns or the filters have wrong."""
    said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in said.items():
        form.add_error(name if name in form.fields else None, sentences)


@require_POST
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    view = _view_or_404(request, pk)
    try:
        view_remove(user=request.user, view=view)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, f"La vue « {view} » est retirée.")
    return redirect(address(_list_or_404(request, view.list_code), None))


@require_POST
def first(request: UserRequest, list_code: str) -> HttpResponse:
    """Open this list first by a view, or whole when none is named."""
    columns = _list_or_404(request, list_code)
    asked = request.POST.get(VIEW, WHOLE)
    view = None if asked == WHOLE else _view_or_404(request, _uuid(asked))
    view_first(user=request.user, list_code=columns.code, view=view)
    messages.success(request, f"Cette liste s’ouvrira par « {view or 'Toutes'} ».")
    return redirect(address(columns, view))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


class ViewsViewSet(ViewSet):
    name = "havre_views"
    url_prefix = "vues"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("<uuid:pk>/", edit, name="edit"),
            path("<uuid:pk>/retirer/", remove, name="remove"),
            path("<str:list_code>/nouvelle/", new, name="new"),
            path("<str:list_code>/d-abord/", first, name="first"),
        ]
