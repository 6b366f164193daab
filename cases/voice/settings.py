"""Within how long a child is answered."""

from cases.voice.models import VoiceMessage
from cases.voice.selectors import ANSWER_HOURS
from cms.values.settings import setting_counts_register, setting_register


def register() -> None:
    setting_register(
        ANSWER_HOURS,
        "Parole d’un enfant : délai de réponse annoncé",
        24,
        unit="heures",
        help="Dit à l’enfant sur la page où il écrit, et compté à l’accueil de la coordination.",
        least=1,
        most=168,
    )
    setting_counts_register(
        ANSWER_HOURS, "Paroles d’enfants qui attendent une réponse", lambda: VoiceMessage.objects.waiting().count()
    )
