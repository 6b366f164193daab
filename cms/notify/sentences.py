"""What the actions and the refusals of the app are called on the screens."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

SAME_RANK = "Une garde du même rang couvre déjà une partie de ces heures."
SAME_PERSON = "Cette personne est déjà de garde à un autre rang pendant ces heures."


def register() -> None:
    actions_register(
        {
            "notify.text.change": "texte d’un message changé",
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
        duty_one_person_a_rank=SAME_RANK,
        duty_one_rank_a_person=SAME_PERSON,
        duty_ends_after_start="La fin suit le début.",
        dutyswap_one_waiting="Un échange attend déjà une réponse pour cette garde.",
    )
