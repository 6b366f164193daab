from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cms.portal"
    label = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from cms.portal import panels, search

        panels.register()
        search.register()
