from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cms.files"
    label = "files"
    verbose_name = "Pièces"

    def ready(self) -> None:
        from cms.files import checks, integrity, settings, state, words
        from cms.operations.integrity import check_register

        for declared in (checks, settings, state, words):
            declared.register()
        check_register("files", "Pièces", integrity.check, integrity.summary)
