from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cms.events"
    label = "events"
    verbose_name = "Événements"

    def ready(self) -> None:
        from cms.events.software import notifications as told, words as said
        from cms.events.webhooks import notifications, settings, words
        from cms.wall.sql import read_only

        for declared in (settings, words, notifications, said, told):
            declared.register()
        read_only("events_event")
