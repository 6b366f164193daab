from wagtail import hooks

from cms.notify.duty.admin import RotaViewSet
from cms.notify.inbox.admin import InboxViewSet, TextsViewSet


@hooks.register("register_admin_viewset")
def rota_viewset() -> RotaViewSet:
    return RotaViewSet()


@hooks.register("register_admin_viewset")
def inbox_viewset() -> InboxViewSet:
    return InboxViewSet()


@hooks.register("register_admin_viewset")
def texts_viewset() -> TextsViewSet:
    return TextsViewSet()
