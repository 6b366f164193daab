from wagtail import hooks

from cms.notify.inbox_viewsets import InboxViewSet, TextsViewSet
from cms.notify.viewsets import RotaViewSet


@hooks.register("register_admin_viewset")
def rota_viewset():
    return RotaViewSet()


@hooks.register("register_admin_viewset")
def inbox_viewset():
    return InboxViewSet()


@hooks.register("register_admin_viewset")
def texts_viewset():
    return TextsViewSet()
