from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "cms.journal"
    label = "journal"
    verbose_name = "journal"
