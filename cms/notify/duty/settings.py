"""The rota and its ladder, among what is set without a developer; what is done with them, as the screens say it."""

from django.urls import reverse

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.notify.duty.policies import manages_rota
from cms.notify.enums import ANSWER_MINUTES, RETRY_MINUTES, TAKE_MINUTES
from cms.values.editable import Editable, editable_register
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    _delays()
    editable_register(
        Editable(
            code="duties",
            label="Gardes",
            effect="Qui répond pour le réseau, à quel rang, de quelle heure à quelle heure.",
            url=lambda: reverse("havre_rota:index"),
            group="Délais et messages",
            order=26,
            is_open=lambda user: manages_rota(),
            not_in_file="Des personnes et des jours : elles ne valent pas dans un autre réseau.",
        )
    )
    actions_register(
        {
            "notify.duty.add": "garde inscrite",
            "notify.duty.cancel": "garde retirée",
            "notify.swap.propose": "échange de garde proposé",
            "notify.swap.accept": "échange de garde accepté",
            "notify.swap.decline": "échange de garde refusé",
            "notify.swap.withdraw": "échange de garde retiré",
            "notify.ring.open": "appel d’astreinte lancé",
            "notify.ring.climb": "personne de garde appelée",
            "notify.ring.acknowledge": "appel d’astreinte pris",
            "notify.ring.read": "appel d’astreinte lu",
            "notify.ring.resume": "appel d’astreinte relancé, sans prise en charge",
            "notify.ring.close": "appel d’astreinte terminé",
        }
    )
    sentence_register(
        duty_one_person_a_rank="Une garde du même rang couvre déjà une partie de ces heures.",
        duty_one_rank_a_person="Cette personne est déjà de garde à un autre rang pendant ces heures.",
        duty_ends_after_start="La fin suit le début.",
        dutyswap_one_waiting="Un échange attend déjà une réponse pour cette garde.",
    )


def _delays() -> None:
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
    rings = "Vaut aussitôt, appels en cours compris."
    setting_still_register(**dict.fromkeys((ANSWER_MINUTES, TAKE_MINUTES, RETRY_MINUTES), rings))
