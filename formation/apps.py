from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"

    def ready(self):
        from formation import checks, displays, exigences, panels, receivers, sentences, settings  # noqa: F401
        from formation.services import invitations

        checks.register()
        displays.register()
        exigences.register()
        sentences.register()
        invitations.register()
