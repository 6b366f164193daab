from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "Situations"

    def ready(self):
        from cases import sentences, settings

        settings.register()
        sentences.register()
