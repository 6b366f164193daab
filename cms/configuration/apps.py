from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    name = "cms.configuration"
    label = "configuration"
    verbose_name = "Réglages"
