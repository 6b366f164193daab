from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "cms.data_rights"
    label = "rights"
    verbose_name = "Droits des personnes"

    def ready(self) -> None:
        from cms.data_rights import settings, words
        from cms.data_rights.readings import notifications as readings, selectors as brake, settings as limits
        from cms.wall.sql import insert_only

        insert_only(
            "rights_rightsstep",
            "rights_alertreceipt",
            "rights_nightcheck",
            "rights_accessreview",
        )
        words.register()
        settings.register()
        limits.register()
        readings.register()
        brake.brake_ask()
