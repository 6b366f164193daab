"""« Chiffres » in the back office's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from laces.components import Component
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.navigation.menu import FIGURES_MENU
from dashboards.consistency import admin as views_consistency
from dashboards.figures.admin import rows as views_rows, views
from dashboards.figures.panels import ConsistencyPanel, MonthPanel
from dashboards.policies import VIEW
from dashboards.tables import admin as views_tables
from dashboards.workbook.admin import export


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


@hooks.register(FIGURES_MENU)
def figures_menu_item() -> FiguresMenuItem:
    return FiguresMenuItem("Chiffres du réseau", reverse("dashboards_figures"), icon_name="havre-figures", order=250)


@hooks.register("register_admin_urls")
def figures_urls() -> list[URLPattern]:
    return [
        path("chiffres/", views.figures, name="dashboards_figures"),
        path("chiffres/exporter/", export, name="dashboards_export"),
        path("chiffres/tableaux/", views_tables.index, name="dashboards_tables"),
        path("chiffres/tableaux/nouveau/", views_tables.edit, name="dashboards_table_new"),
        path("chiffres/tableaux/<uuid:pk>/", views_tables.show, name="dashboards_table"),
        path("chiffres/tableaux/<uuid:pk>/modifier/", views_tables.edit, name="dashboards_table_edit"),
        path("chiffres/tableaux/<uuid:pk>/retirer/", views_tables.remove, name="dashboards_table_remove"),
        path("chiffres/tableaux/<uuid:pk>/exporter/", views_tables.export, name="dashboards_table_export"),
        path("chiffres/a-corriger/", views_consistency.board, name="dashboards_consistency"),
        path("chiffres/retrouver/", views_rows.find, name="dashboards_find"),
        path("chiffres/couverture/<str:code>/", views_rows.place, name="dashboards_place"),
        path("chiffres/<str:code>/lignes/", views_rows.rows, name="dashboards_rows"),
        path("chiffres/<str:code>/lignes/exporter/", views_rows.rows_export, name="dashboards_rows_export"),
    ]


@hooks.register("register_icons")
def figures_icon(icons: list[str]) -> list[str]:
    return [*icons, "dashboards/icons/havre-figures.svg"]


@hooks.register("construct_homepage_panels", order=910)
def figures_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panels of figures after those of each role, for whoever reads figures."""
    if request.user.has_perm(VIEW):
        panels += [MonthPanel(), ConsistencyPanel()]


@hooks.register(FIGURES_MENU)
def consistency_menu_item() -> FiguresMenuItem:
    return FiguresMenuItem("À corriger", reverse("dashboards_consistency"), icon_name="warning", order=255)


@hooks.register(FIGURES_MENU)
def tables_menu_item() -> FiguresMenuItem:
    return FiguresMenuItem("Tableaux", reverse("dashboards_tables"), icon_name="table", order=252)
