"""« Mes exports » in the menu, for those who may take something out."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.exports.admin import ExportsViewSet
from cms.navigation.menu import FIGURES_MENU, RoleMenuItem
from cms.wall import scope


def takes_out(request: HttpRequest) -> bool:
    return scope.current().sees_all_cases()


@hooks.register("register_admin_viewset")
def exports_viewset() -> ExportsViewSet:
    return ExportsViewSet()


@hooks.register(FIGURES_MENU)
def exports_entry() -> MenuItem:
    return RoleMenuItem(
        "Mes exports",
        reverse_lazy("havre_exports:index"),
        name="exports",
        icon_name="download",
        order=260,
        shown=takes_out,
    )
