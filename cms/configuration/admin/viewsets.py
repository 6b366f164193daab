"""Screens of the admin for lists of values and settings."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.configuration.forms import SettingForm, ValueEditForm, ValueForm
from cms.configuration.words import versions_listing
from cms.kit.blocks import Facts, Listing
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from cms.values.models import SettingVersion, Value
from cms.values.services import setting_change
from cms.values.settings import setting_impact, setting_value, settings_all
from cms.values.usage import usage_of

SETTINGS_MENU = "register_havre_settings_menu_item"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}


class ValueInspectView(ScopedInspectView):
    def blocks(self) -> list[Facts | Listing]:
        row = self.object
        versions = versions_listing("values", row.pk)
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
            *([versions] if versions else []),
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
    columns = (
        Column(path="label", is_shown=True, is_exported=True),
        Column(path="list", is_shown=True, is_exported=True, is_quick=True),
        Column(path="code", is_shown=True, is_exported=True),
        Column(path="position", is_shown=True, is_exported=True),
        Column(path="is_core", is_shown=True, is_exported=True, is_quick=True),
        Column(path="legal_basis", is_exported=True),
        Column(path="active_from", is_shown=True, is_exported=True),
        Column(path="active_to", is_shown=True, is_exported=True),
    )
    export_filename = "listes-de-valeurs"
    search_fields = ["label", "code"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("list")


def manages_settings(request: HttpRequest) -> bool:
    return request.user.has_perm("values.change_value")


def settings_page(request: HttpRequest) -> HttpResponse:
    """Every delay, threshold and text that the apps declared, with the value in force."""
    if not manages_settings(request):
        raise Http404
    latest = SettingVersion.objects.order_by("key", "-changed_at").distinct("key")
    in_force = {version.key: version for version in latest}
    rows = []
    for setting in settings_all():
        version = in_force.get(setting.key)
        value = version.value if version else setting.default
        rows.append((setting, {True: "oui", False: "non"}[value] if isinstance(value, bool) else value, version))
    context: dict[str, Any] = {"rows": rows, "header_icon": "cogs"}
    context |= {"header_title": "Délais et seuils", "page_title": "Délais et seuils"}
    context["breadcrumbs_items"] = [HOME, {"url": "", "label": "Délais et seuils"}]
    return TemplateResponse(request, "configuration/settings.html", context)


def setting_page(request: UserRequest, key: str) -> HttpResponse:
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

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", settings_page, name="index"), path("<str:key>/", setting_page, name="edit")]
