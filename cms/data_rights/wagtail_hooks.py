"""Screens and menus of the rights of persons."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from cms.data_rights.common.admin import GuardViewSet, NamesViewSet, ReviewViewSet, RightsViewSet
from cms.data_rights.readings.admin import ReadingsViewSet
from cms.data_rights.register.admin import answers, keeps_register, prepares_copies
from cms.navigation.menu import PEOPLE_MENU, RoleMenuItem

ENTRIES = (
    (RightsViewSet, keeps_register, 806),
    (NamesViewSet, prepares_copies, 804),
    (GuardViewSet, answers, 812),
    (ReviewViewSet, answers, 811),
    (ReadingsViewSet, answers, 813),
)


def _register(viewset: type[ViewSet], shown: Callable[[HttpRequest], bool], order: int) -> None:
    hooks.register("register_admin_viewset", lambda: viewset())
    entry = RoleMenuItem(
        viewset.menu_label,
        reverse_lazy(f"{viewset.name}:index"),
        name=viewset.url_prefix,
        icon_name=viewset.icon,
        order=order,
        shown=shown,
    )
    hooks.register(PEOPLE_MENU, lambda: entry)


for parts in ENTRIES:
    _register(*parts)
