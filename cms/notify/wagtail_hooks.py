from wagtail import hooks

from cms.notify.viewsets import RotaViewSet


@hooks.register("register_admin_viewset")
def rota_viewset():
    return RotaViewSet()
