"""What is done with grants and reveals, as the screens say it."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "access.grant.give": "droit de regard ouvert",
            "access.grant.end": "droit de regard fermé",
            "access.reveal.open": "ouverture motivée",
            "access.reveal.break_glass": "bris de glace",
        }
    )
