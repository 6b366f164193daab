from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    label = "dashboards"
    verbose_name = "Chiffres"

    def ready(self):
        import_module("dashboards.settings")
        from cms.exports.rules import source_register
        from cms.kit.words import actions_register
        from dashboards import checks, config_parts, editables
        from dashboards.figures.selectors.drilldown import rows_taken

        checks.register()
        config_parts.register()
        editables.register()
        source_register("rows", rows_taken)
        actions_register(
            {
                "dashboards.indicators.export": "classeur des indicateurs exporté",
                "dashboards.rows.export": "lignes d’un chiffre exportées",
                "dashboards.table.create": "tableau enregistré",
                "dashboards.table.change": "tableau modifié",
                "dashboards.table.remove": "tableau retiré",
                "dashboards.table.export": "tableau exporté",
            }
        )
