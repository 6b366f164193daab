"""Delays of the ladder, which the coordination may change."""

from cms.values.settings import setting_register

ANSWER_MINUTES = "notify.answer_minutes"
TAKE_MINUTES = "notify.take_minutes"
RETRY_MINUTES = "notify.retry_minutes"


def register() -> None:
    setting_register(
        ANSWER_MINUTES,
        "Astreinte : temps laissé pour répondre à un appel",
        5,
        unit="minutes",
        help="Passé ce délai sans réponse, la personne de garde suivante est appelée.",
        least=1,
        most=120,
    )
    setting_register(
        TAKE_MINUTES,
        "Astreinte : temps laissé entre « je prends l’appel » et la prise en charge",
        15,
        unit="minutes",
        help="Passé ce délai sans prise en charge, les appels reprennent avec la personne suivante.",
        least=1,
        most=240,
    )
    setting_register(
        RETRY_MINUTES,
        "Astreinte : délai avant un nouvel essai d’un message qui n’est pas parti",
        2,
        unit="minutes",
        help="La personne suivante est appelée sans attendre ; ce message est essayé de nouveau, cinq fois au plus.",
        least=1,
        most=60,
    )
