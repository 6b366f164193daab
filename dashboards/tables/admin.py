"""« Tableaux », in the back office: build, read, save, share, pin, export. No page needs a script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cms.journal.services import journal_append, refusal_queue
from cms.kit.constraints import sentence_for
from cms.kit.xlsx.lists import ListExport, list_export_write, workbook_response
from cms.sessions.step_up import confirm_address, fresh_required
from cms.users.models import User
from cms.users.requests import UserRequest
from dashboards.policies import EXPORT, VIEW, figures_check
from dashboards.tables.enums import Span
from dashboards.tables.forms import TableForm
from dashboards.tables.models import SavedTable
from dashboards.tables.selectors import (
    DATA_SETS,
    TableContent,
    choices_of,
    data_set,
    span_period,
    table_build,
    table_wanted,
    tables_seen,
)
from dashboards.tables.services import KIND, table_remove, table_save

MOST_PINNED = 6


def _allowed(request: UserRequest, right: str = VIEW) -> None:
    """Raise `Http404` without the right: a page that is not for this account does not exist for it."""
    if not request.user.has_perm(right):
        raise Http404


def _page(request: UserRequest, name: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": reverse("dashboards_figures"), "label": "Chiffres"},
    ]
    if name != "tables":
        crumbs.append({"url": reverse("dashboards_tables"), "label": "Tableaux"})
    crumbs.append({"url": "", "label": title})
    context |= {"header_title": title, "header_icon": "table", "breadcrumbs_items": crumbs}
    return render(request, f"dashboards/tables/{name}.html", context, status=status)


def _table_or_404(pk: UUID) -> SavedTable:
    table = SavedTable.objects.filter(pk=pk, removed_at=None).select_related("author").first()
    if table is None:
        refusal_queue(KIND, pk, "dashboards.table.refused")
        raise Http404
    return table


def _built(user: User, table: SavedTable) -> TableContent | None:
    """Return the table as it stands today; None when a breakdown that it names is no longer there."""
    try:
        return table_build(user, table_wanted(table))
    except ValidationError:
        return None


@require_GET
def index(request: UserRequest) -> HttpResponse:
    _allowed(request)
    tables = tables_seen()
    pinned = [(table, _built(request.user, table)) for table in tables if table.is_pinned][:MOST_PINNED]
    return _page(request, "tables", "Tableaux", tables=tables, pinned=pinned)


def edit(request: UserRequest, pk: UUID | None = None) -> HttpResponse:
    """Build a new table, or change one's own. « Voir » shows what is asked; only « Enregistrer » writes."""
    _allowed(request)
    table = _table_or_404(pk) if pk else None
    if table and table.author_id != request.user.pk:
        raise Http404
    answers = _answers(request, table)
    chosen = data_set(answers.get("data", "I1")) or DATA_SETS["I1"]
    period = span_period(answers.get("span", Span.YEAR))
    form = TableForm(
        answers or None,
        data_set=chosen,
        choices=choices_of(request.user, chosen, period),
        period=period,
        initial={"data": chosen.code},
    )
    is_saving = request.method == "POST" and "voir" not in request.POST
    if form.is_valid() and is_saving and (saved := _save(request, form, table)):
        messages.success(request, "Le tableau est enregistré.")
        return redirect("dashboards_table", saved.pk)
    built = table_build(request.user, form.wanted) if form.wanted else None
    status = 422 if is_saving else 200
    title = f"Modifier « {table} »" if table else "Nouveau tableau"
    return _page(request, "table_edit", title, status=status, form=form, built=built, table=table)


def _answers(request: UserRequest, table: SavedTable | None) -> QueryDict:
    if request.method == "POST":
        return request.POST
    if request.GET or table is None:
        return request.GET
    answers = QueryDict(mutable=True)
    names = ("title", "data", "rows_by", "columns_by", "measure", "span")
    answers.update({name: getattr(table, name) for name in names})
    answers.update({f"filter_{name}": key for name, key in table.filters.items()})
    answers.update({name: "on" for name in ("is_shared", "is_pinned") if getattr(table, name)})
    return answers


def _save(request: UserRequest, form: TableForm, table: SavedTable | None) -> SavedTable | None:
    """Return the table once written; None when it was refused, and the form says why."""
    if not form.cleaned_data["title"].strip():
        form.add_error("title", "Donnez un intitulé pour enregistrer ce tableau.")
        return None
    try:
        with transaction.atomic():
            return table_save(user=request.user, table=table, **form.facts())
    except ValidationError as error:
        for messages_ in error.message_dict.values() if hasattr(error, "error_dict") else [error.messages]:
            form.add_error(None, messages_)
    except IntegrityError as error:
        form.add_error(None, sentence_for(error))
    return None


@require_GET
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    _allowed(request)
    table = _table_or_404(pk)
    return _page(
        request,
        "table",
        table.title,
        table=table,
        built=_built(request.user, table),
        is_mine=table.author_id == request.user.pk,
        can_export=request.user.has_perm(EXPORT),
        confirm_url=confirm_address(request),
    )


@require_POST
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    _allowed(request)
    table = _table_or_404(pk)
    try:
        table_remove(user=request.user, table=table)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, "Le tableau est retiré.")
    return redirect("dashboards_tables")


@require_POST
def export(request: UserRequest, pk: UUID) -> HttpResponseBase:
    _allowed(request, EXPORT)
    table = _table_or_404(pk)
    if answer := fresh_required(request):
        return answer
    figures_check(request.user, EXPORT)
    built = _built(request.user, table)
    if built is None:
        raise Http404
    taken = table_taken(table, built)
    output, count = list_export_write(taken)
    journal_append(
        action=taken.action, kind=KIND, object_id=table.pk, details={"rows": count, "filters": dict(taken.filters)}
    )
    return workbook_response(output, taken.file_name)


def table_taken(table: SavedTable, built: TableContent) -> ListExport:
    wanted = built.wanted
    lines = [*built.rows, ("Total", built.total)]
    return ListExport(
        title=table.title,
        headings=[wanted.rows_by.title, *built.headers],
        total=len(lines),
        rows=lambda: ([label, *values] for label, values in lines),
        action="dashboards.table.export",
        filters={"data": table.data, "rows_by": table.rows_by, "columns_by": table.columns_by, **table.filters},
        facts=[
            ("Intitulé", table.title),
            ("Données", wanted.data.label),
            ("On compte", wanted.unit),
            ("Mesure", wanted.measure.label),
            ("Premier jour", wanted.period.first),
            ("Dernier jour", wanted.period.last),
            *built.filters,
            *([("Note", built.note)] if built.note else []),
        ],
        file_name=f"tableau-{wanted.data.code}-{wanted.period.first}-{wanted.period.last}",
    )
