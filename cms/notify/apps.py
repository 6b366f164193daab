from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "cms.notify"
    label = "notify"
    verbose_name = "Rappels et travaux"

    def ready(self):
        from cms.notify import sentences, settings as delays

        delays.register()
        sentences.register()
