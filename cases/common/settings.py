"""What the settings of every capability share, and the number that a requester dials."""

from django.conf import settings

from cms.users.models import User
from cms.values.settings import setting_register, setting_still_register, setting_value
from cms.wall import scope

GROUP = "Accueil et protection"
ON_CALL = "cases.on_call_phone"


def open_to_managers(user: User) -> bool:
    return scope.current().sees_all_cases()


def register() -> None:
    setting_register(
        ON_CALL,
        "Téléphone de l’astreinte du réseau",
        settings.HAVRE_ON_CALL_PHONE,
        help="Affiché sur les pages de demande et de déclaration. Donnez le même à qui exploite le service : "
        "l’en-tête et les pages d’arrêt le montrent aussi.",
    )
    setting_still_register(**{ON_CALL: "Affiché aussitôt sur les pages de demande et de déclaration."})


def on_call_phone() -> str:
    return setting_value(ON_CALL)
