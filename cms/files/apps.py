from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cms.files"
    label = "files"
    verbose_name = "Pièces"

    def ready(self):
        from cms.files import checks, impacts, integrity, sentences, settings
        from cms.operations.integrity import check_register

        checks.register()
        impacts.register()
        sentences.register()
        settings.register()
        check_register("files", "Pièces", integrity.check, integrity.summary)
