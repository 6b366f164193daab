from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "cms.partners"
    label = "partners"
    verbose_name = "Partenaires"

    def ready(self) -> None:
        from cms.partners.book import settings as book
        from cms.partners.conventions.pipeline import notifications, settings as conventions
        from cms.partners.conventions.writing import settings as writing
        from cms.partners.oncall import words as oncall
        from cms.partners.people import settings as people
        from cms.wall.sql import insert_only

        insert_only("partners_conventionversion")
        for declared in (book, people, oncall, conventions, writing, notifications):
            declared.register()
