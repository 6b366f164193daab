from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "Situations"

    def ready(self):
        from cases import panels, phones, sentences, settings

        panels.register()
        phones.register()
        settings.register()
        sentences.register()
