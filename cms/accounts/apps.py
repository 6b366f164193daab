from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = "Comptes du réseau"

    def ready(self):
        from cms.access.wall import insert_only
        from cms.accounts import impacts, notifications, panels, sentences, settings as delays

        insert_only("accounts_accountreview")
        delays.register()
        impacts.register()
        notifications.register()
        panels.register()
        sentences.register()
