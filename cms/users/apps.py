from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from cms.kit.words import actions_register
        from cms.users import adapter  # noqa: F401 (declares the seals of factors, which `reseal` opens)
        from cms.users.limits import limits_share

        limits_share()
        actions_register(
            {
                "users.user.create": "compte ouvert",
                "users.role.give": "rôle donné",
            }
        )


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's account screens. `change_user` there is full administration: no role is given it."""

    default_auto_field = "django.db.models.AutoField"
