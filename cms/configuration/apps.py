from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    name = "cms.configuration"
    label = "configuration"
    verbose_name = "Réglages"

    def ready(self) -> None:
        from cms.configuration import settings

        settings.register()
