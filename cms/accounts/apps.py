from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = "Comptes du réseau"

    def ready(self):
        from cms.accounts import impacts, notifications, panels, sentences, settings as delays
        from cms.wall.sql import insert_only

        insert_only("accounts_accountreview")
        delays.register()
        impacts.register()
        notifications.register()
        panels.register()
        sentences.register()
