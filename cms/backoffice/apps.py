from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "cms.backoffice"
    label = "backoffice"
    verbose_name = "Administration"

    def ready(self) -> None:
        from cms.backoffice.inline import choosers_without_script
        from cms.backoffice.panels import entry
        from cms.kit.words import actions_register

        entry.register()
        tags_filter()
        choosers_without_script()
        actions_register({"journal.read": "consultation du journal"})


def tags_filter() -> None:
    """Let a search of images keep the label that was chosen: Wagtail declares it as words alone, and fails."""
    from wagtail.images.models import AbstractImage
    from wagtail.search.index import FilterField, RelatedFields

    for field in AbstractImage.search_fields:
        if isinstance(field, RelatedFields) and field.field_name == "tags":
            field.fields.append(FilterField("name"))
