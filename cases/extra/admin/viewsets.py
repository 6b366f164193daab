"""« Champs ajoutés » among the settings."""

from django.urls import URLPattern, path, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cases.common.services import manages
from cases.extra.admin.views import (
    TITLE,
    agree_page,
    edit_page,
    fields_page,
    lift_page,
    new_page,
    require_page,
    requirement_page,
    retire_page,
    return_page,
    seal_page,
    unseal_page,
)
from cms.navigation.menu import RoleMenuItem


class ExtraFieldViewSet(ViewSet):
    name = "havre_extra"
    url_prefix = "reglages/champs"
    icon = "form"
    menu_label = TITLE
    menu_order = 12
    menu_hook = "register_havre_settings_menu_item"

    def get_menu_item(self, order: int | None = None) -> RoleMenuItem:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_extra:index"),
            name="champs",
            icon_name=self.icon,
            order=self.menu_order,
            shown=lambda request: manages(),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", fields_page, name="index"),
            path("nouveau/", new_page, name="new"),
            path("<uuid:pk>/", edit_page, name="edit"),
            path("<uuid:pk>/retirer/", retire_page, name="retire"),
            path("<uuid:pk>/remettre/", return_page, name="return"),
            path("<uuid:pk>/lever-le-scelle/", unseal_page, name="unseal"),
            path("<uuid:pk>/accorder/", agree_page, name="agree"),
            path("<uuid:pk>/sceller/", seal_page, name="seal"),
            path("<uuid:pk>/rendre-obligatoire/", require_page, name="require"),
            path("<uuid:pk>/rendre-facultatif/", lift_page, name="lift"),
            path("obligatoire/<uuid:pk>/", requirement_page, name="requirement"),
        ]
