from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "cms.rights"
    label = "rights"
    verbose_name = "Droits des personnes"

    def ready(self):
        from cms.access.wall import insert_only
        from cms.rights import sentences, settings

        insert_only(
            "rights_rightsstep",
            "rights_filecopy",
            "rights_filecopyagreement",
            "rights_alertreceipt",
            "rights_nightcheck",
            "rights_accessreview",
        )
        sentences.register()
        settings.register()
