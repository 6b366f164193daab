"""Who answers for the conventions of the fictitious network, and what comes next."""

import datetime as dt

from cms.access import scope
from cms.demo.network import Network
from cms.partners.enums import Stage
from cms.partners.models import Convention
from cms.partners.services import convention_follow

NEXT = {
    Stage.CONTACT: ("Appeler la direction enfance", 6),
    Stage.LETTER: ("Relire le projet avec le service juridique", 12),
    Stage.DRAFT: ("Relancer pour la signature", -4),
}
"""What comes next at each stage, and in how many days: one of them is late."""


def partnerships_load(*, network: Network, today: dt.date) -> None:
    owners = [network.accounts["coordination"], network.accounts["direction"]]
    with scope.acting(owners[0]):
        for number, convention in enumerate(Convention.objects.filter(stage__in=NEXT).order_by("reference")):
            next_step, days = NEXT[Stage(convention.stage)]
            convention_follow(
                convention=convention,
                owner=owners[number % 2],
                next_step=next_step,
                next_step_on=today + dt.timedelta(days=days),
            )
        ending = Convention.objects.filter(stage=Stage.SIGNED, ends_on__lte=today + dt.timedelta(days=30))
        for convention in ending.order_by("reference"):
            convention_follow(
                convention=convention,
                owner=owners[0],
                next_step="Préparer le renouvellement avec la structure",
                next_step_on=today + dt.timedelta(days=7),
            )
