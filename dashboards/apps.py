from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    label = "dashboards"
    verbose_name = "Chiffres"

    def ready(self) -> None:
        from cms.exports.rules import source_register
        from dashboards.consistency import settings as consistency
        from dashboards.figures import settings as figures
        from dashboards.figures.admin.rows import rows_taken
        from dashboards.tables import settings as tables
        from dashboards.workbook import settings as workbook

        for capability in (figures, consistency, workbook, tables):
            capability.register()
        source_register("rows", rows_taken)
