from django.apps import AppConfig


class ValuesConfig(AppConfig):
    name = "cms.values"
    label = "values"
    verbose_name = "Listes de valeurs"
