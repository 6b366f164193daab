from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "cms.sessions"
    label = "sign_in"
    verbose_name = "Connexions"

    def ready(self) -> None:
        from cms.sessions import receivers, settings, step_up, words  # noqa: F401

        step_up.setting_declare()
        settings.register()
        words.register()
