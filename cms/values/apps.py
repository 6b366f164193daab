from django.apps import AppConfig


class ValuesConfig(AppConfig):
    name = "cms.values"
    label = "values"
    verbose_name = "Listes de valeurs"

    def ready(self) -> None:
        from django.db.models import DateTimeField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.admin.widgets import AdminDateTimeInput

        from cms.kit.forms.fields import BoundedMomentField
        from cms.kit.words import actions_register
        from cms.values import config_parts as parts
        from cms.values.config import config_register

        # Pages are edited by forms of Wagtail, which take any year and any zone.
        moments = {"widget": AdminDateTimeInput, "form_class": BoundedMomentField}
        register_form_field_override(DateTimeField, override=moments)
        config_register("lists", "Listes", parts.lists_dump, parts.lists_load, order=10)
        config_register("values", "Valeurs des listes", parts.values_dump, parts.values_load, order=11)
        config_register("settings", "Délais et seuils", parts.settings_dump, parts.settings_load, order=20)
        actions_register(
            {
                "values.config.export": "configuration écrite dans un fichier",
                "values.config.load": "configuration chargée d’un fichier",
                "values.setting.change": "réglage changé",
                "values.value.create": "valeur de liste ajoutée",
                "values.value.change": "valeur de liste changée",
            }
        )
