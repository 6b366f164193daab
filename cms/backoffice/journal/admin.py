"""The journal, as the direction and data protection read it."""

from typing import cast

import django_filters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST
from wagtail.admin.viewsets.base import ViewSet

from cms.backoffice.journal.selectors import in_words, lines_about, words_one_by_one
from cms.configuration.admin.viewsets import HOME
from cms.journal.enums import Outcome
from cms.journal.models import JournalLine
from cms.journal.services import journal_append
from cms.kit.filters import DayInput
from cms.kit.xlsx.lists import ListExport, list_export_write, long_answer, workbook_response
from cms.kit.xlsx.sheets import moment_cell, text_cell
from cms.sessions.step_up import confirm_address, fresh_required
from cms.users.models import User
from cms.users.roles import Role
from cms.values.forms import ScopedFilterSet
from cms.wall import scope

SOURCE = "journal"
FILTERS = ("outcome", "actor_id", "at_from", "at_to")


class JournalFilterSet(ScopedFilterSet):
    reference = django_filters.CharFilter(label="Dossier (référence)", method="by_reference", max_length=40)
    outcome = django_filters.ChoiceFilter(label="Issue", choices=Outcome.choices, empty_label="Toutes")
    actor_id = django_filters.ModelChoiceFilter(
        label="Personne", queryset=lambda request: User.objects.all(), empty_label="Toutes", method="by_actor"
    )
    at_from = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label="Du", widget=DayInput)
    at_to = django_filters.DateFilter(field_name="at", lookup_expr="date__lte", label="Au", widget=DayInput)

    class Meta:
        model = JournalLine
        fields = ["outcome"]

    def by_actor(self, queryset: QuerySet, name: str, user: User) -> QuerySet:
        return queryset.filter(actor_id=user.pk)

    def by_reference(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return lines_about(queryset, value.strip())


def reads_journal(request: HttpRequest) -> bool:
    return scope.current().has_role(Role.DIRECTION, Role.DPO)


def journal_page(request: HttpRequest) -> HttpResponse:
    """Who did, read or was refused what. Reading the journal is written in the journal."""
    if not reads_journal(request):
        raise Http404
    filters = filters_of(request, request.GET)
    journal_append(action="journal.read", outcome=Outcome.READ)
    page = Paginator(filters.qs, 50).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {"lines": in_words(page), "page": page, "filters": filters, "query": query.urlencode()}
    context |= {"header_title": "Journal", "page_title": "Journal", "header_icon": "history"}
    context |= {"confirm_url": confirm_address(request), "asked": list(request.GET.items())}
    context["breadcrumbs_items"] = [HOME, {"url": "", "label": "Journal"}]
    return TemplateResponse(request, "backoffice/journal.html", context)


def filters_of(request: HttpRequest | None, asked: QueryDict) -> "JournalFilterSet":
    return JournalFilterSet(asked, queryset=JournalLine.objects.all(), request=request)


@require_POST
def journal_export(request: HttpRequest) -> HttpResponseBase:
    """Answer the lines asked in a workbook, which the journal says: at once when they are few, by a task otherwise."""
    if not reads_journal(request):
        raise Http404
    if answer := fresh_required(request):
        return answer
    query = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "p"):
        query.pop(name, None)
    taken = journal_taken(cast(User, request.user), "", query.urlencode())
    as_get = HttpRequest()
    as_get.GET = QueryDict(query.urlencode())
    if (longer := long_answer(as_get, SOURCE, taken)) is not None:
        return longer
    output, count = list_export_write(taken)
    journal_append(action=taken.action, details={"rows": count, "filters": taken.filters})
    return workbook_response(output, taken.file_name)


def journal_taken(user: User, rest: str, query: str) -> ListExport:
    """Return the lines that a query string asks. Raises `PermissionDenied` for who does not read the journal."""
    if not scope.current().has_role(Role.DIRECTION, Role.DPO):
        raise PermissionDenied
    asked = QueryDict(query)
    lines = filters_of(None, asked).qs
    # The reference of a file is not repeated in the line: that it was asked for is.
    used = {name: value for name, value in asked.items() if value and name in FILTERS}
    used |= {"reference": "donnée"} if asked.get("reference") else {}
    return ListExport(
        title="Journal",
        headings=["Quand", "Qui", "Action", "Nature", "Référence", "Issue", "Motif"],
        total=lines.count(),
        rows=lambda: (
            (line.at, who, action, kind, reference, line.get_outcome_display(), line.reason)
            for line, who, action, kind, reference in words_one_by_one(lines)
        ),
        renders=[moment_cell, *[text_cell] * 6],
        action="journal.export",
        filters=used,
        file_name="journal",
    )


class JournalViewSet(ViewSet):
    name = "havre_journal"
    url_prefix = "journal"
    icon = "history"
    menu_label = "Journal"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", journal_page, name="index"), path("exporter/", journal_export, name="export")]
