from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "cms.sessions"
    label = "sign_in"
    verbose_name = "Connexions"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from cms.sessions import receivers, settings, step_up, words  # noqa: F401
        from cms.sessions.checks import passkey_roles_check
        from cms.sessions.hands import hands_register
        from cms.wall.sql import insert_only

        register(passkey_roles_check, Tags.security)
        hands_register()
        insert_only("access_idempotentcall")
        step_up.setting_declare()
        settings.register()
        words.register()
