"""Entries of accounts in the menu of the admin."""

from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.admin_decisions import decides
from cms.accounts.admin_pages import manages_accounts
from cms.accounts.viewsets import AccountsViewSet, RightsViewSet


class AccountsMenuItem(MenuItem):
    def __init__(self, *args, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = shown

    def is_shown(self, request):
        return self.shown(request)


@hooks.register("register_admin_viewset")
def accounts_viewset():
    return AccountsViewSet()


@hooks.register("register_admin_viewset")
def rights_viewset():
    return RightsViewSet()


@hooks.register("register_admin_menu_item")
def accounts_entry():
    address = reverse_lazy("havre_accounts:index")
    return AccountsMenuItem("Comptes", address, name="comptes", icon_name="user", order=790, shown=manages_accounts)


@hooks.register("register_admin_menu_item")
def rights_entry():
    address = reverse_lazy("havre_decisions:index")
    return AccountsMenuItem("Décisions à deux", address, name="decisions", icon_name="key", order=795, shown=decides)
