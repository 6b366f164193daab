from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"

    def ready(self):
        from formation import (  # noqa: F401
            checks,
            displays,
            exigences,
            impacts,
            notifications,
            panels,
            receivers,
            sentences,
            settings,
        )
        from formation.services import invitations

        checks.register()
        displays.register()
        exigences.register()
        impacts.register()
        notifications.register()
        sentences.register()
        invitations.register()
