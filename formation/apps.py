from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"

    def ready(self):
        from formation import checks, impacts, notifications, sentences, settings  # noqa: F401
        from formation.attendance import displays
        from formation.curriculum import exigences, receivers  # noqa: F401
        from formation.home import panels  # noqa: F401
        from formation.sessions.invitations import services as invitations

        checks.register()
        displays.register()
        exigences.register()
        impacts.register()
        notifications.register()
        sentences.register()
        invitations.register()
