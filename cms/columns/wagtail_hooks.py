"""The pages on which a list is arranged."""

from wagtail import hooks

from cms.columns.admin import ViewsViewSet


@hooks.register("register_admin_viewset")
def register_views() -> ViewsViewSet:
    return ViewsViewSet()
