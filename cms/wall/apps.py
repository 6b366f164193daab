from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "cms.wall"
    label = "access"
    verbose_name = "Accès"

    def ready(self) -> None:
        from cms.wall import asked, words
        from cms.wall.login import login_check, refuse_powerful_login
        from cms.wall.reveals.services import setting_declare
        from cms.wall.sql import closed, insert_only, privileges_apply, read_only

        closed("access_doorkey", "access_scopekey", "access_signinsecret", "django_session", "users_secret")
        # Rights come from the code, by `sync_roles`, and kinds of rows by `migrate`: renaming a group gives its role.
        read_only(
            "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations"
        )
        # No link of ours is kept there, and the other site is named by the settings.
        read_only("account_emailconfirmation", "socialaccount_socialapp")
        read_only("access_counter", "access_signin", "journal_month", "journal_cut", "journal_hold")
        insert_only("access_reveal", "access_alert")
        insert_only("values_settingversion", "values_configversion")
        words.register()
        asked.register()
        setting_declare()
        connection_created.connect(refuse_powerful_login, dispatch_uid="access.powerful_login")
        checks.register(login_check, checks.Tags.database)
        post_migrate.connect(privileges_apply, sender=self, dispatch_uid="access.privileges")
