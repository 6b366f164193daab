from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "cms.home"
    label = "home"
    verbose_name = "Site"

    def ready(self) -> None:
        from cms.home import checks, search, words

        for declared in (checks, search, words):
            declared.register()
