from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "cms.notify"
    label = "notify"
    verbose_name = "Rappels et travaux"

    def ready(self) -> None:
        from cms.notify.duty import settings as duty
        from cms.notify.inbox import panels, settings as inbox
        from cms.operations.work import essential_register
        from cms.wall.sql import insert_only

        for declared in (duty, inbox, panels):
            declared.register()
        essential_register("cms.notify.tasks.rings")
        insert_only("notify_messagetext")
