"""Entries of accounts in the menu of the admin."""

from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.admin.decisions import decides
from cms.accounts.admin.pages import manages_accounts
from cms.accounts.admin.viewsets import AccountsViewSet, RightsViewSet
from cms.navigation.menu import PEOPLE_MENU, RoleMenuItem


@hooks.register("register_admin_viewset")
def accounts_viewset() -> AccountsViewSet:
    return AccountsViewSet()


@hooks.register("register_admin_viewset")
def rights_viewset() -> RightsViewSet:
    return RightsViewSet()


@hooks.register(PEOPLE_MENU)
def accounts_entry() -> MenuItem:
    address = reverse_lazy("havre_accounts:index")
    return RoleMenuItem("Comptes", address, name="comptes", icon_name="user", order=790, shown=manages_accounts)


@hooks.register(PEOPLE_MENU)
def rights_entry() -> MenuItem:
    address = reverse_lazy("havre_decisions:index")
    return RoleMenuItem("Décisions à deux", address, name="decisions", icon_name="key", order=795, shown=decides)
