"""« Chiffres » in the back office's menu."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dashboards import views
from dashboards.policies import VIEW


class FiguresMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_menu_item")
def figures_menu_item():
    return FiguresMenuItem("Chiffres", reverse("dashboards_figures"), icon_name="havre-figures", order=250)


@hooks.register("register_admin_urls")
def figures_urls():
    return [
        path("chiffres/", views.figures, name="dashboards_figures"),
        path("chiffres/exporter/", views.export, name="dashboards_export"),
        path("chiffres/<str:code>/lignes/", views.rows, name="dashboards_rows"),
    ]


@hooks.register("register_icons")
def figures_icon(icons):
    return [*icons, "dashboards/icons/havre-figures.svg"]
