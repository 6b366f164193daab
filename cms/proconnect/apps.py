from django.apps import AppConfig


class ProConnectConfig(AppConfig):
    name = "cms.proconnect"
    label = "proconnect"
    verbose_name = "ProConnect"

    def ready(self) -> None:
        from cms.proconnect import checks, notifications, words  # noqa: F401

        notifications.register()
        words.register()
