from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "cms.backoffice"
    label = "backoffice"
    verbose_name = "Administration"

    def ready(self) -> None:
        from cms.backoffice.panels import entry
        from cms.kit.words import actions_register

        entry.register()
        actions_register({"journal.read": "consultation du journal"})
