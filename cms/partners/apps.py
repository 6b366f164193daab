from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "cms.partners"
    label = "partners"
    verbose_name = "Partenaires"

    def ready(self) -> None:
        from cms.partners.book import settings as book
        from cms.partners.conventions.pipeline import notifications, settings as conventions
        from cms.partners.oncall import words as oncall
        from cms.partners.people import settings as people

        for declared in (book, people, oncall, conventions, notifications):
            declared.register()
