from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "dashboards.reporting"
    label = "reporting"
    verbose_name = "Périodes et publications"

    def ready(self) -> None:
        from cms.wall.sql import insert_only
        from dashboards.figures.selectors.comparison import past_register
        from dashboards.reporting.history import settings as history
        from dashboards.reporting.home import panels
        from dashboards.reporting.periods import settings as periods
        from dashboards.reporting.releases import settings as releases
        from dashboards.reporting.state import settings as state
        from dashboards.reporting.targets import settings as targets
        from dashboards.reporting.targets.selectors import known_beside

        insert_only("reporting_closedrows", "reporting_revision")
        for capability in (periods, releases, history, targets, state):
            capability.register()
        panels.register()
        past_register(known_beside)
