"""Entries of the admin menu, shown to those who may open them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem

FIGURES_MENU, PEOPLE_MENU = "register_figures_menu_item", "register_people_menu_item"
"""Hooks where an app adds its entry to « Chiffres », and to « Comptes et données »."""
figures_menu = Menu(register_hook_name=FIGURES_MENU)
people_menu = Menu(register_hook_name=PEOPLE_MENU)


class RoleMenuItem(MenuItem):
    def __init__(self, *args: Any, shown: Callable[[HttpRequest], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown

    def is_shown(self, request: HttpRequest) -> bool:
        return self.shown(request)
