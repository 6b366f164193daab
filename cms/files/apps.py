from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cms.files"
    label = "files"
    verbose_name = "Pièces"

    def ready(self):
        from cms.access.integrity import check_register
        from cms.files import checks, impacts, integrity, sentences, settings

        checks.register()
        impacts.register()
        sentences.register()
        settings.register()
        check_register("files", "Pièces", integrity.check, integrity.summary)
