from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    name = "referentiel"
    label = "referentiel"
    verbose_name = "Référentiel"

    def ready(self) -> None:
        from cms.wall.sql import insert_only
        from referentiel.assessments import settings as assessments
        from referentiel.derogations import settings as derogations
        from referentiel.home import panels, search
        from referentiel.reading import settings as reading
        from referentiel.steering import settings as steering
        from referentiel.visits import notifications, settings as visits

        insert_only("referentiel_confirmedmark")
        for capability in (steering, assessments, derogations, visits, reading):
            capability.register()
        notifications.register()
        panels.register()
        search.register()
