"""Screens of the admin that belong to no trade: lists of values, settings, sessions, the journal."""

import django_filters
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.configuration.forms import SettingForm, ValueEditForm, ValueForm
from cms.configuration.history import names_of, versions_listing
from cms.journal.enums import Outcome
from cms.journal.models import JournalLine
from cms.journal.services import journal_append
from cms.kit.blocks import Facts, Listing
from cms.kit.filters import DayInput, ScopedFilterSet, day_filters
from cms.kit.pages import action_page
from cms.kit.words import action_words
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import SettingVersion, Value, ValueList
from cms.values.services import setting_change
from cms.values.settings import setting_impact, setting_value, settings_all
from cms.values.usage import usage_of
from cms.wall import scope
from formation.enums import SessionState
from formation.models import Session

SETTINGS_MENU = "register_havre_settings_menu_item"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}


class ValueFilterSet(ScopedFilterSet):
    list = django_filters.ModelChoiceFilter(
        label="Liste", queryset=lambda request: ValueList.objects.all(), empty_label="Toutes"
    )
    is_core = django_filters.BooleanFilter(label="Employée par les calculs")

    class Meta:
        model = Value
        fields = ["list", "is_core"]


class ValueInspectView(ScopedInspectView):
    def blocks(self):
        row = self.object
        return [
            Facts(
                "Valeur",
                [
                    ("Liste", row.list),
                    ("Code", row.code),
                    ("Libellé", row.label),
                    ("Base légale", row.legal_basis),
                    ("Base légale vérifiée", row.is_legal_basis_verified),
                    ("Employée par les calculs", row.is_core),
                    ("Active du", row.active_from and f"{row.active_from:%d/%m/%Y}"),
                    ("Active jusqu’au", row.active_to and f"{row.active_to:%d/%m/%Y}"),
                ],
            ),
            Listing("Qui s’en sert", ("Nature", "Nombre"), usage_of(row), "Rien ne l’emploie encore."),
            versions_listing("values", row.pk),
        ]


class ValueViewSet(ScopedSnippetViewSet):
    model = Value
    icon = "list-ul"
    url_prefix = "reglages/listes"
    admin_url_namespace = "values_value"
    menu_label = "Listes de valeurs"
    add_label = "Nouvelle valeur"
    menu_name = "listes"
    menu_hook = SETTINGS_MENU
    menu_order = 10
    form_class = ValueForm
    edit_form_class = ValueEditForm
    inspect_view_class = ValueInspectView
    filterset_class = ValueFilterSet
    list_display = ["label", "list", "code", "position", "is_core", "active_from", "active_to"]
    list_export = ["list__label", "code", "label", "position", "is_core", "legal_basis", "active_from", "active_to"]
    export_filename = "listes-de-valeurs"
    export_headings = {"list__label": "Liste"}
    search_fields = ["label", "code"]
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("list")


def manages_settings(request) -> bool:
    return request.user.has_perm("values.change_value")


def settings_page(request):
    """Every delay, threshold and text that the apps declared, with the value in force."""
    if not manages_settings(request):
        raise Http404
    latest = SettingVersion.objects.order_by("key", "-changed_at").distinct("key")
    in_force = {version.key: version for version in latest}
    rows = []
    for setting in settings_all():
        version = in_force.get(setting.key)
        rows.append((setting, version.value if version else setting.default, version))
    context = {"rows": rows, "header_icon": "cogs"}
    context |= {"header_title": "Délais et seuils", "page_title": "Délais et seuils"}
    context["breadcrumbs_items"] = [HOME, {"url": "", "label": "Délais et seuils"}]
    return TemplateResponse(request, "configuration/settings.html", context)


def setting_page(request, key):
    setting = next((setting for setting in settings_all() if setting.key == key), None)
    if setting is None or not manages_settings(request):
        raise Http404
    form = SettingForm(request.POST or None, setting=setting, value=setting_value(key))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: setting_change(
            key=key, value=cleaned["value"], changed_by_id=request.user.pk, reason=cleaned["reason"]
        ),
        title=setting.label,
        subtitle="Délais et seuils",
        done="Le réglage est en vigueur.",
        back_url=reverse("havre_settings:index"),
        impact=lambda cleaned: setting_impact(key, cleaned["value"]),
        submit_label="Mettre en vigueur",
        listing=versions_listing("settings", key),
    )


class SettingsViewSet(ViewSet):
    name = "havre_settings"
    url_prefix = "reglages/delais"
    icon = "cogs"
    menu_label = "Délais et seuils"
    menu_hook = SETTINGS_MENU
    menu_order = 20

    def get_urlpatterns(self):
        return [path("", settings_page, name="index"), path("<str:key>/", setting_page, name="edit")]


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

    def by_actor(self, queryset, name, user):
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


def reads_journal(request) -> bool:
    return scope.current().has_role(Role.DIRECTION, Role.DPO)


def journal_page(request):
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

    def get_urlpatterns(self):
        return [path("", journal_page, name="index")]


class SessionFilterSet(ScopedFilterSet):
    state = django_filters.ChoiceFilter(label="État", choices=SessionState.choices, empty_label="Tous")
    starts_on_from, starts_on_to = day_filters("starts_on", "Commence")

    class Meta:
        model = Session
        fields = ["state"]


class SessionInspectView(ScopedInspectView):
    def get_object(self, queryset=None):
        return get_object_or_404(Session.objects.select_related("territory"), pk=self.pk)

    def blocks(self):
        session = self.object
        facts = [
            ("Module", session.module_code),
            ("Intitulé", session.title),
            ("Du", f"{session.starts_on:%d/%m/%Y}"),
            ("Au", f"{session.ends_on:%d/%m/%Y}"),
            ("Lieu", session.venue or ("à distance" if session.is_remote else "")),
            ("Département", session.territory),
            ("État", session.get_state_display()),
            ("Formateurs", ", ".join(str(trainer) for trainer in session.trainers.all())),
        ]
        enrolled = [
            (row.professional, row.profession, row.employer or row.employer_type)
            for row in session.enrolments.filter(cancelled_at=None).select_related(
                "professional", "profession", "employer", "employer_type"
            )
        ]
        return [
            Facts("Session", facts),
            Listing("Inscrits", ("Personne", "Profession", "Employeur"), enrolled, "Personne n’est inscrit."),
        ]


class SessionViewSet(ScopedSnippetViewSet):
    """Sessions are planned and held in the portal; here the coordination reads them."""

    model = Session
    icon = "calendar-alt"
    url_prefix = "formation"
    admin_url_namespace = "formation_session"
    menu_label = "Formation"
    menu_name = "formation"
    menu_order = 150
    add_to_admin_menu = True
    inspect_view_class = SessionInspectView
    filterset_class = SessionFilterSet
    list_display = ["title", "module_code", "starts_on", "ends_on", "territory", "state"]
    list_export = ["module_code", "title", "starts_on", "ends_on", "territory__name", "state", "capacity"]
    export_filename = "sessions"
    search_fields = ["title", "module_code"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("territory")
