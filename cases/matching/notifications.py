"""Check the structures asked against the rules of matching, store the result of the search, and tell the coordination
of places opened for the night.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse

from cases.guard.services import managers_owe
from cases.matching.services import matching_keep, on_extra_places_opened, structures_check
from cases.proposals.models import Orientation
from cases.proposals.services import Consultation, on_structures_asked
from cases.requests.models import Sollicitation
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.partners.models import Partner
from cms.users.roles import Role

EXTRA = "extra_place"
KIND = NotificationKind(
    kind=EXTRA,
    label="Une structure ouvre une place supplémentaire pour cette nuit",
    subject="Une place supplémentaire est ouverte pour cette nuit",
    body="Bonjour,\n\nUne structure vient d’ouvrir une place de plus, pour un temps court.\n\n"
    "Voyez laquelle, et jusqu’à quel jour : {lien}",
    url=lambda pk: reverse("partners_partner:inspect", args=[pk]),
    roles=(Role.COORDINATION, Role.DIRECTION),
    is_information=True,
)


def register() -> None:
    on_structures_asked.register(_check)
    on_extra_places_opened.register(_opened)
    notification_register(KIND)


def _opened(partner: Partner) -> None:
    managers_owe(EXTRA, partner.pk)


def _check(sollicitation: Sollicitation, consultation: Consultation) -> Callable:
    structures, derogation = consultation.structures, consultation.derogation
    result = structures_check(sollicitation, structures, derogation, is_apart=consultation.is_apart)
    return partial(_keep, result=result, structures=structures, derogation=derogation)


def _keep(orientation: Orientation, **facts: Any) -> None:
    matching_keep(orientation=orientation, **facts)
