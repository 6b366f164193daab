from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = "Comptes du réseau"

    def ready(self) -> None:
        from cms.accounts import notifications, panels, search, settings, words
        from cms.wall.sql import insert_only

        insert_only("accounts_accountreview")
        for declared in (settings, notifications, panels, search, words):
            declared.register()
