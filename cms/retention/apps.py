from django.apps import AppConfig

TABLES = (
    "retention_kind",
    "retention_ruleversion",
    "retention_legalhold",
    "retention_run",
    "retention_row",
    "retention_done",
    "retention_warning",
)


class RetentionConfig(AppConfig):
    name = "cms.retention"
    label = "retention"
    verbose_name = "Conservation"

    def ready(self) -> None:
        from cms.operations.integrity import check_register
        from cms.operations.restore import after_restore_register
        from cms.retention import integrity, settings, words
        from cms.retention.services import ledger
        from cms.wall.sql import read_only

        read_only(*TABLES)
        words.register()
        settings.register()
        check_register("retention", "Conservation", integrity.check, integrity.summary)
        after_restore_register(ledger.replay)
