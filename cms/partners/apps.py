from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "cms.partners"
    label = "partners"
    verbose_name = "Partenaires"

    def ready(self):
        from cms.partners import sentences, settings
        from cms.partners.conventions.pipeline import notifications, settings as impacts

        impacts.register()
        sentences.register()
        settings.register()
        notifications.register()
