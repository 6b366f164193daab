from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "cms.operations"
    label = "operations"
    verbose_name = "Exploitation"

    def ready(self) -> None:
        from cms.journal import integrity as journal
        from cms.operations import checks, settings
        from cms.operations.integrity import check_register
        from cms.vault import rotation

        check_register("journal", "Journal", journal.check)
        check_register("seals", "Valeurs scellées", rotation.check, rotation.summary)
        checks.register()
        settings.register()
