from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.navigation.menu import PEOPLE_MENU
from cms.retention.admin.views import RetentionViewSet
from cms.retention.policies import reads_retention


class RetentionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reads_retention()


@hooks.register("register_admin_viewset")
def retention_viewset() -> RetentionViewSet:
    return RetentionViewSet()


@hooks.register(PEOPLE_MENU)
def retention_entry() -> MenuItem:
    return RetentionMenuItem(
        "Conservation",
        reverse_lazy("havre_retention:index"),
        name="conservation",
        icon_name="calendar-check",
        order=807,
    )
