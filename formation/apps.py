from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"
