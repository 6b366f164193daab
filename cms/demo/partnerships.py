"""Who answers for the conventions of the fictitious network, what comes next, and whom to call in each place."""

import datetime as dt
from random import Random

from cms.demo.network import NAMES, Network
from cms.partners.conventions.pipeline.services import convention_follow
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Convention, Partner
from cms.partners.people.services import contact_add
from cms.wall import scope

NEXT = {
    Stage.CONTACT: ("Appeler la direction enfance", 6),
    Stage.LETTER: ("Relire le projet avec le service juridique", 12),
    Stage.DRAFT: ("Relancer pour la signature", -4),
}
"""What comes next at each stage, and in how many days: one of them is late."""

POSITIONS = {PartnerKind.STRUCTURE: "Cadre d’astreinte", PartnerKind.ASE: "Cellule de placement"}
WITHOUT_CONTACT = 2
"""Structures that the board of what is to be corrected still finds without anybody to call."""


def contacts_load(*, network: Network, draw: Random) -> None:
    with scope.acting(network.coordination):
        forgotten = [structure.pk for structure in network.structures[-WITHOUT_CONTACT:]]
        partners = Partner.objects.exclude(kind=PartnerKind.STATE).exclude(pk__in=forgotten).order_by("code_name")
        for number, partner in enumerate(partners):
            contact_add(
                partner=partner,
                name=f"{draw.choice(NAMES['first_names'])} {draw.choice(NAMES['last_names'])}",
                position=POSITIONS.get(PartnerKind(partner.kind), "Permanence"),
                phone=f"{NAMES['phone_prefix']} {20 + number // 100} {number % 100:02}",
            )


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
