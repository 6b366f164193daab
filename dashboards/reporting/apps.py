from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "dashboards.reporting"
    label = "reporting"
    verbose_name = "Périodes et publications"

    def ready(self):
        from cms.wall.sql import insert_only
        from dashboards.reporting import checks, editables, panels, sentences

        insert_only("reporting_closedrows", "reporting_revision")
        checks.register()
        panels.register()
        editables.register()
        sentences.register()
