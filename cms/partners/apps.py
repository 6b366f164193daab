from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "cms.partners"
    label = "partners"
    verbose_name = "Partenaires"

    def ready(self):
        from cms.partners.conventions.pipeline import settings as impacts, notifications
        from cms.partners import sentences, settings

        impacts.register()
        sentences.register()
        settings.register()
        notifications.register()
