"""What is done with grants, reveals and decisions, as the screens say it."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register


def register() -> None:
    sentence_register(two_people_guard="Ce qui a été décidé à deux ne change plus.")
    actions_register(
        {
            "access.grant.give": "droit de regard ouvert",
            "access.grant.end": "droit de regard fermé",
            "access.reveal.open": "ouverture motivée",
            "access.reveal.break_glass": "bris de glace",
        }
    )
