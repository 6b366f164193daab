"""« Mes exports », in the back office: asking, following, downloading."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.viewsets.base import ViewSet

from cms.exports.models import Export
from cms.exports.rules import taken_from
from cms.exports.selectors.own import exports_mine, progress_of
from cms.exports.services import KIND, FileGoneError, export_ask, export_open
from cms.files.papers import away
from cms.journal.services import refusal_queue
from cms.kit.xlsx.lists import CONTENT_TYPE
from cms.sessions.step_up import confirm_address, fresh_required
from cms.users.models import User
from cms.values.settings import setting_value
from cms.vault.bucket import StoreSilentError

REFRESH_SECONDS = 4
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
MINE = {"url": reverse_lazy("havre_exports:index"), "label": "Mes exports"}
GONE = "Ce fichier n’est plus disponible : demandez l’export de nouveau."


def _page(
    request: HttpRequest, name: str, title: str, *crumbs: dict, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "download",
        "breadcrumbs_items": [HOME, *crumbs, {"url": "", "label": title}],
        "kept_days": setting_value("exports.kept_days"),
    }
    return render(request, f"exports/admin/{name}.html", context, status=status)


def _mine_or_404(pk: UUID) -> Export:
    export = Export.objects.filter(pk=pk).first()
    if export is None:
        refusal_queue(KIND, pk, "exports.export.refused")
        raise Http404
    return export


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    exports = exports_mine()
    return _page(request, "index", "Mes exports", exports=exports)


def ask(request: HttpRequest) -> HttpResponse:
    """Show what will be prepared, then the button; the list is counted again when it is pressed."""
    requested = request.POST if request.method == "POST" else request.GET
    source, query = requested.get("source", ""), requested.get("query", "")
    if request.method == "POST" and (answer := fresh_required(request)):
        return answer
    error = ""
    try:
        taken = taken_from(cast(User, request.user), source, query)
        if request.method == "POST":
            return redirect(
                "havre_exports:export", export_ask(user=cast(User, request.user), source=source, query=query).pk
            )
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
    context = {"taken": taken, "source": source, "query": query, "error": error}
    context["confirm_url"] = confirm_address(request)
    return _page(request, "ask", "Préparer un export", MINE, status=422 if error else 200, **context)


@require_GET
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the preparation stands. The page comes back by itself until it is over: no script is needed."""
    row = _mine_or_404(pk)
    done = min(progress_of(row.pk), row.row_count) if row.is_pending else row.row_count
    response = _page(
        request,
        "export",
        f"Export {row.number}",
        MINE,
        export=row,
        done=done,
        percent=100 * done // row.row_count if row.row_count else 0,
        seconds=REFRESH_SECONDS,
        confirm_url=confirm_address(request),
    )
    if row.is_pending:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_GET
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    row = _mine_or_404(pk)
    if answer := fresh_required(request):
        return answer
    try:
        pieces = export_open(row, cast(User, request.user))
    except PermissionDenied as error:
        raise Http404 from error
    except StoreSilentError:
        return away(request)
    except FileGoneError:
        return _page(request, "gone", f"Export {row.number}", MINE, sentence=GONE, status=410)
    response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    response["Content-Length"] = str(row.size)
    response["Cache-Control"] = "no-store"
    return response


class ExportsViewSet(ViewSet):
    name = "havre_exports"
    url_prefix = "exports"
    icon = "download"
    menu_label = "Mes exports"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("preparer/", ask, name="ask"),
            path("<uuid:pk>/", export, name="export"),
            path("<uuid:pk>/fichier/", download, name="download"),
        ]
