from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "cms.notify"
    label = "notify"
    verbose_name = "Rappels et travaux"

    def ready(self):
        from cms.notify import editables, sentences, settings as delays
        from cms.notify.inbox import panels
        from cms.wall.sql import insert_only

        delays.register()
        sentences.register()
        panels.register()
        editables.register()
        insert_only("notify_messagetext")
