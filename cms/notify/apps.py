from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "cms.notify"
    label = "notify"
    verbose_name = "Rappels et travaux"

    def ready(self):
        from cms.access.wall import insert_only
        from cms.notify import editables, panels, sentences, settings as delays

        delays.register()
        sentences.register()
        panels.register()
        editables.register()
        insert_only("notify_messagetext")
