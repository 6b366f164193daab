from django.apps import AppConfig


class ColumnsConfig(AppConfig):
    name = "cms.columns"
    label = "columns"
    verbose_name = "Listes et vues"

    def ready(self) -> None:
        from cms.columns import settings, words

        words.register()
        settings.register()
