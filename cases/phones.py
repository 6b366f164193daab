"""The number that a requester dials when the screen is not enough."""

from cms.values.settings import setting_register, setting_value

ON_CALL = "cases.on_call_phone"


def register() -> None:
    setting_register(
        ON_CALL,
        "Téléphone de l’astreinte du réseau",
        "",
        help="Affiché sur les pages de demande et de déclaration. Vide : il n’y paraît pas.",
    )


def on_call_phone() -> str:
    return setting_value(ON_CALL)
