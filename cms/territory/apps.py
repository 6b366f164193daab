from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "cms.territory"
    label = "territory"
    verbose_name = "Territoires"
    default_auto_field = "django.db.models.BigAutoField"
