from django.apps import AppConfig
from django.urls import reverse


class BackofficeConfig(AppConfig):
    name = "cms.backoffice"
    label = "backoffice"
    verbose_name = "Administration"

    def ready(self) -> None:
        from cms.admin.inline import choosers_without_script
        from cms.backoffice.journal.admin import journal_taken
        from cms.backoffice.panels import entry
        from cms.backoffice.search import admin as search
        from cms.exports.rules import source_register
        from cms.kit.words import actions_register
        from cms.users.adapter import landing_register

        landing_register(watch_landing)
        entry.register()
        search.register()
        tags_filter()
        actions_register({"journal.read": "consultation du journal", "journal.export": "export du journal"})
        source_register("journal", journal_taken)
        choosers_without_script()


def watch_landing() -> str:
    """Give the « Salle de veille » to whoever watches over the network."""
    from cms.wall import scope

    return reverse("wagtailadmin_home") if scope.current().sees_all_cases() else ""


def tags_filter() -> None:
    """Let a search of images keep the label that was chosen: Wagtail declares it as words alone, and fails."""
    from wagtail.images.models import AbstractImage
    from wagtail.search.index import FilterField, RelatedFields

    for field in AbstractImage.search_fields:
        if isinstance(field, RelatedFields) and field.field_name == "tags":
            field.fields.append(FilterField("name"))
