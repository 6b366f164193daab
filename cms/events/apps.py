from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cms.events"
    label = "events"
    verbose_name = "Événements"

    def ready(self) -> None:
        from cms.events.webhooks import notifications, settings, words
        from cms.wall.sql import read_only

        for declared in (settings, words, notifications):
            declared.register()
        read_only("events_event")
