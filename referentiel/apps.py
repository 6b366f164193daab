from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    name = "referentiel"
    label = "referentiel"
    verbose_name = "Référentiel"

    def ready(self):
        from referentiel import panels

        panels.register()
