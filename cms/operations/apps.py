from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OperationsConfig(AppConfig):
    name = "cms.operations"
    label = "operations"
    verbose_name = "Exploitation"

    def ready(self) -> None:
        from cms.journal import integrity as journal
        from cms.operations import deployment, readiness, settings, state
        from cms.operations.fictitious import refuse_unmarked
        from cms.operations.integrity import check_register
        from cms.operations.work import work_ask
        from cms.vault import rotation

        check_register("journal", "Journal", journal.check)
        check_register("seals", "Valeurs scellées", rotation.check, rotation.summary)
        deployment.register()
        readiness.register()
        settings.register()
        state.register()
        work_ask()
        connection_created.connect(refuse_unmarked, dispatch_uid="operations.fictitious")
