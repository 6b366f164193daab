"""The journal, as the direction and data protection read it."""

import django_filters
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from cms.configuration.admin.viewsets import HOME
from cms.configuration.words import names_of
from cms.journal.enums import Outcome
from cms.journal.models import JournalLine
from cms.journal.services import journal_append
from cms.kit.filters import DayInput
from cms.kit.words import action_words
from cms.users.models import User
from cms.users.roles import Role
from cms.values.forms import ScopedFilterSet
from cms.wall import scope


class JournalFilterSet(ScopedFilterSet):
    object_kind = django_filters.ChoiceFilter(label="Nature", empty_label="Toutes", choices=[])
    outcome = django_filters.ChoiceFilter(label="Issue", choices=Outcome.choices, empty_label="Toutes")
    actor_id = django_filters.ModelChoiceFilter(
        label="Personne", queryset=lambda request: User.objects.all(), empty_label="Toutes", method="by_actor"
    )
    at_from = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label="Du", widget=DayInput)
    at_to = django_filters.DateFilter(field_name="at", lookup_expr="date__lte", label="Au", widget=DayInput)

    class Meta:
        model = JournalLine
        fields = ["object_kind", "outcome"]

    def by_actor(self, queryset: QuerySet, name: str, user: User) -> QuerySet:
        return queryset.filter(actor_id=user.pk)


KINDS = {
    "case": "situation",
    "sollicitation": "sollicitation",
    "orientation": "orientation",
    "proposal": "proposition",
    "placement": "séjour",
    "incident": "incident",
    "partner": "partenaire",
    "user": "compte",
    "invitation": "invitation",
    "rights_change": "changement de droits",
    "account_request": "demande de compte",
}


def reads_journal(request: HttpRequest) -> bool:
    return scope.current().has_role(Role.DIRECTION, Role.DPO)


def journal_page(request: HttpRequest) -> HttpResponse:
    """Who did, read or was refused what. Reading the journal is written in the journal."""
    if not reads_journal(request):
        raise Http404
    JournalFilterSet.base_filters["object_kind"].extra["choices"] = list(KINDS.items())
    filters = JournalFilterSet(request.GET, queryset=JournalLine.objects.all(), request=request)
    journal_append(action="journal.read", outcome=Outcome.READ)
    page = Paginator(filters.qs, 50).get_page(request.GET.get("p"))
    names = names_of(line.actor_id for line in page)
    lines = [
        (
            line,
            names.get(line.actor_id, line.actor_system),
            KINDS.get(line.object_kind, line.object_kind),
            action_words(line.action),
        )
        for line in page
    ]
    query = request.GET.copy()
    query.pop("p", None)
    context = {"lines": lines, "page": page, "filters": filters, "query": query.urlencode()}
    context |= {"header_title": "Journal", "page_title": "Journal", "header_icon": "history"}
    context["breadcrumbs_items"] = [HOME, {"url": "", "label": "Journal"}]
    return TemplateResponse(request, "backoffice/journal.html", context)


class JournalViewSet(ViewSet):
    name = "havre_journal"
    url_prefix = "journal"
    icon = "history"
    menu_label = "Journal"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", journal_page, name="index")]
