"""« Logiciels prévenus » and « Comptes de logiciels », in the menu « Comptes et données »."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.events.software.admin import SoftwareListView, SoftwareView
from cms.events.software.policies import may_follow
from cms.events.webhooks.admin import AskView, DeliveryView, SubscriptionsView, SubscriptionView
from cms.events.webhooks.policies import may_tell
from cms.navigation.menu import PEOPLE_MENU, RoleMenuItem


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("comptes-de-logiciels/", SoftwareListView.as_view(), name="events_software_list"),
        path("comptes-de-logiciels/<uuid:pk>/", SoftwareView.as_view(), name="events_software"),
        path("logiciels-prevenus/", SubscriptionsView.as_view(), name="events_subscriptions"),
        path("logiciels-prevenus/demander/", AskView.as_view(), name="events_subscription_ask"),
        path("logiciels-prevenus/<uuid:pk>/", SubscriptionView.as_view(), name="events_subscription"),
        path("logiciels-prevenus/<uuid:pk>/<uuid:notice>/", DeliveryView.as_view(), name="events_delivery"),
    ]


def shown(request: HttpRequest) -> bool:
    return may_tell()


@hooks.register(PEOPLE_MENU)
def entry() -> MenuItem:
    address = reverse_lazy("events_subscriptions")
    return RoleMenuItem(
        "Logiciels prévenus", address, name="logiciels-prevenus", icon_name="mail", order=820, shown=shown
    )


def follows(request: HttpRequest) -> bool:
    return may_follow()


@hooks.register(PEOPLE_MENU)
def software_entry() -> MenuItem:
    address = reverse_lazy("events_software_list")
    return RoleMenuItem(
        "Comptes de logiciels", address, name="comptes-de-logiciels", icon_name="desktop", order=821, shown=follows
    )
