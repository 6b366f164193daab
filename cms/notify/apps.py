from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "cms.notify"
    label = "notify"
    verbose_name = "Rappels et travaux"
