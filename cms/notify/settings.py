"""Delays of the ladder, which the coordination may change."""

from cms.values.settings import setting_register, setting_still_register

ANSWER_MINUTES = "notify.answer_minutes"
TAKE_MINUTES = "notify.take_minutes"
RETRY_MINUTES = "notify.retry_minutes"
QUIET_FROM = "notify.quiet_from"
QUIET_TO = "notify.quiet_to"
DIGEST_HOUR = "notify.digest_hour"


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
        help="La personne suivante est appelée sans attendre ; ce message est essayé de nouveau, cinq fois au plus, "
        "après une pause qui s’allonge d’autant à chaque essai.",
        least=1,
        most=60,
    )
    setting_register(
        QUIET_FROM,
        "Notifications : début des heures calmes",
        20,
        unit="h",
        help="Jusqu’à leur fin, les courriels qui peuvent attendre ne partent pas. L’astreinte et l’urgent partent.",
        most=23,
    )
    setting_register(
        QUIET_TO,
        "Notifications : fin des heures calmes",
        7,
        unit="h",
        help="Heure de Paris. La même heure au début et à la fin : pas d’heures calmes.",
        most=23,
    )
    setting_register(
        DIGEST_HOUR,
        "Notifications : heure du récapitulatif du matin",
        8,
        unit="h",
        help="Heure de Paris. Qui l’a choisi reçoit en un seul message tout ce qui l’attend.",
        most=12,
    )
    rings = "Vaut aussitôt, appels en cours compris."
    mails = "Vaut pour les messages à venir. Ceux qui sont partis ne changent pas."
    setting_still_register(
        **dict.fromkeys((ANSWER_MINUTES, TAKE_MINUTES, RETRY_MINUTES), rings),
        **dict.fromkeys((QUIET_FROM, QUIET_TO, DIGEST_HOUR), mails),
    )
