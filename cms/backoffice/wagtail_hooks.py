"""The admin as each role sees it: trade words in the menus, its own home page, nothing that nobody needs."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from cases.files.access.admin import FileAccessViewSet, checks_files
from cases.watch.admin import TITLE, watch_urls
from cms.accounts.admin.decisions import waiting_panels
from cms.admin.viewsets import scoped_register
from cms.backoffice.journal.admin import JournalViewSet, reads_journal
from cms.backoffice.panels.around import around_fragment
from cms.backoffice.panels.home import RoleHomeView, panels_for
from cms.backoffice.panels.month import month_fragment
from cms.backoffice.search.admin import TITLE as SEARCH, search_urls
from cms.backoffice.state.admin import StateViewSet, watches_service
from cms.configuration.admin.authorities import AuthoritiesViewSet
from cms.configuration.admin.views import ConfigViewSet
from cms.configuration.admin.viewsets import (
    SETTINGS_MENU,
    SettingsViewSet,
    ValueViewSet,
    manages_settings,
)
from cms.data_rights.home.panels import rights_panels
from cms.kit.bulk_actions import RefusedBulkDelete
from cms.navigation.menu import PEOPLE_MENU, RoleMenuItem, figures_menu, people_menu
from cms.proconnect.panels import request_panels
from cms.retention.panels import retention_panels
from cms.users.roles import Role
from cms.wall import scope
from dashboards.reporting.home.panels import reporting_panels

scoped_register(ValueViewSet)
hooks.register("register_bulk_action", RefusedBulkDelete, order=100)

LEFT_OUT = {"snippets", "reports", "settings", "help"}
"""Menus of Wagtail that speak of software, or of rights that no role holds."""
PUBLISHERS = (Role.EDITOR, Role.TRAINER, Role.COORDINATION, Role.DIRECTION)
FOR_PUBLISHERS = {"explorer", "images", "documents"}
MENU_WORDS = {"images": "Photos du site", "documents": "Fichiers du site"}
"""Wagtail’s own words are those of anybody’s pictures, and of what partners read and sign."""

settings_menu = Menu(register_hook_name=SETTINGS_MENU)


class SettingsMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return manages_settings(request)


class SettingsViewSetMenu(SettingsViewSet):
    """Its entry stands in the menu of settings, for those who may change them."""

    def get_menu_item(self, order: int | None = None) -> RoleMenuItem:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_settings:index"),
            name="delais",
            icon_name=self.icon,
            order=order or self.menu_order,
            shown=manages_settings,
        )


@hooks.register("register_admin_viewset")
def authorities_viewset() -> AuthoritiesViewSet:
    return AuthoritiesViewSet()


@hooks.register("register_admin_viewset")
def settings_viewset() -> SettingsViewSetMenu:
    return SettingsViewSetMenu()


@hooks.register("register_admin_viewset")
def journal_viewset() -> JournalViewSet:
    return JournalViewSet()


class HomeMenuItem(MenuItem):
    """Named after what it shows: the « Salle de veille » of those who watch over the network."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        if scope.current().sees_all_cases():
            component.label = TITLE
        return component


@hooks.register("register_admin_search_area")
def search_area() -> SearchArea:
    """Send the field of the side bar to the one search."""
    return SearchArea(SEARCH, reverse("havre_search"), name="chercher", icon_name="search", order=0)


@hooks.register("register_admin_urls")
def watch_pages() -> list[URLPattern]:
    return [
        *watch_urls(),
        *search_urls(),
        path("veille/autour/", around_fragment, name="havre_around"),
        path("veille/mois/", month_fragment, name="havre_month"),
        path("veille/semaine/", RoleHomeView.as_view(is_week=True), name="havre_week"),
    ]


@hooks.register("register_admin_menu_item")
def home_entry() -> MenuItem:
    return HomeMenuItem("Accueil", reverse_lazy("wagtailadmin_home"), name="accueil", icon_name="home", order=0)


@hooks.register("register_admin_menu_item")
def figures_entry() -> SubmenuMenuItem:
    return SubmenuMenuItem("Chiffres", figures_menu, name="chiffres", icon_name="havre-figures", order=250)


@hooks.register("register_admin_menu_item")
def people_entry() -> SubmenuMenuItem:
    return SubmenuMenuItem("Comptes et données", people_menu, name="comptes-et-donnees", icon_name="user", order=790)


@hooks.register("register_admin_menu_item")
def settings_entry() -> SettingsMenuItem:
    return SettingsMenuItem("Réglages", settings_menu, name="reglages", icon_name="cogs", order=800)


@hooks.register("register_admin_viewset")
def config_viewset() -> ConfigViewSet:
    return ConfigViewSet()


@hooks.register(SETTINGS_MENU)
def config_entry() -> RoleMenuItem:
    url = reverse_lazy("havre_config:index")
    return RoleMenuItem(
        "Tout ce qui se règle", url, name="tout-ce-qui-se-regle", icon_name="cogs", order=0, shown=manages_settings
    )


@hooks.register(PEOPLE_MENU)
def journal_entry() -> RoleMenuItem:
    return RoleMenuItem(
        "Journal",
        reverse_lazy("havre_journal:index"),
        name="journal",
        icon_name="history",
        order=810,
        shown=reads_journal,
    )


@hooks.register("register_admin_viewset")
def state_viewset() -> StateViewSet:
    return StateViewSet()


@hooks.register(PEOPLE_MENU)
def state_entry() -> RoleMenuItem:
    return RoleMenuItem(
        "État du service",
        reverse_lazy("havre_state:index"),
        name="etat-du-service",
        icon_name="cogs",
        order=820,
        shown=watches_service,
    )


@hooks.register("register_admin_viewset")
def file_access_viewset() -> FileAccessViewSet:
    return FileAccessViewSet()


@hooks.register(PEOPLE_MENU)
def file_access_entry() -> RoleMenuItem:
    return RoleMenuItem(
        "Accès aux dossiers",
        reverse_lazy("havre_file:index"),
        name="acces-dossiers",
        icon_name="view",
        order=805,
        shown=checks_files,
    )


class HelpMenuItem(MenuItem):
    """« Aide », which opens the guide of the screen that shows it."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        match = request.resolver_match
        component.url = f"{reverse('portal:help')}?{urlencode({'de': match.view_name if match else ''})}"
        return component


@hooks.register("register_admin_menu_item")
def help_entry() -> MenuItem:
    return HelpMenuItem("Aide", reverse_lazy("portal:help"), name="aide", icon_name="help", order=890)


@hooks.register("register_admin_menu_item")
def portal_entry() -> MenuItem:
    return MenuItem("Portail", reverse_lazy("portal:home"), name="portail", icon_name="site", order=900)


@hooks.register("register_admin_menu_item")
def mask_entry() -> MenuItem:
    """Sent by `mask.js`, which the whole admin loads: the address takes no reading."""
    return MenuItem("Masquer l’écran", reverse_lazy("portal:mask"), name="masquer", icon_name="no-view", order=950)


@hooks.register("construct_main_menu")
def keep_trade_menus(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    left_out = LEFT_OUT if scope.current().has_role(*PUBLISHERS) else LEFT_OUT | FOR_PUBLISHERS
    menu_items[:] = [item for item in menu_items if item.name not in left_out]
    for item in menu_items:
        item.label = MENU_WORDS.get(item.name, item.label)


@hooks.register("construct_homepage_panels", order=900)
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    current = scope.current()
    waiting = [*rights_panels(current), *retention_panels(), *waiting_panels(current), *reporting_panels(current)]
    panels[:] = [*waiting, *panels_for(current), *request_panels(current)]


@hooks.register("construct_homepage_summary_items", order=900)
def no_summary(request: HttpRequest, items: list[Component]) -> None:
    """Remove the counts of pages and images, which nobody uses here."""
    items.clear()
