from wagtail import hooks

from cms.notify.duty.admin import RotaViewSet
from cms.notify.inbox.admin import InboxViewSet, TextsViewSet


@hooks.register("register_admin_viewset")
def rota_viewset():
    return RotaViewSet()


@hooks.register("register_admin_viewset")
def inbox_viewset():
    return InboxViewSet()


@hooks.register("register_admin_viewset")
def texts_viewset():
    return TextsViewSet()
