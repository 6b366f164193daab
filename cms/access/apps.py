from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"
    verbose_name = "Accès"

    def ready(self):
        from cms.access import journal_settings, receivers, session_settings, step_up  # noqa: F401
        from cms.access.integrity import check_register
        from cms.access.login import refuse_powerful_login
        from cms.access.reveals import setting_declare
        from cms.access.wall import insert_only, privileges_apply, read_only
        from cms.journal import integrity as journal
        from cms.vault import rotation

        check_register("journal", "Journal", journal.check)
        check_register("seals", "Valeurs scellées", rotation.check, rotation.summary)
        read_only("access_counter", "journal_month", "journal_cut", "journal_hold")
        insert_only("access_reveal", "access_alert")
        insert_only("values_settingversion", "values_configversion")
        setting_declare()
        step_up.setting_declare()
        journal_settings.register()
        session_settings.register()
        connection_created.connect(refuse_powerful_login, dispatch_uid="access.powerful_login")
        post_migrate.connect(privileges_apply, sender=self, dispatch_uid="access.privileges")
