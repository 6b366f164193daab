"""What rings whoever is on duty for a request."""

from django.urls import reverse

from cases.files.services import aged_register
from cases.requests.models import Sollicitation
from cases.requests.services.rings import KIND
from cases.requests.services.taking import request_take
from cms.notify.duty.rules.kinds import RingKind, ring_kind_register


def register() -> None:
    aged_register(Sollicitation, day="received_on", age="age_at_reception")
    ring_kind_register(
        RingKind(
            kind=KIND,
            label="demande d’accueil urgente",
            url=lambda object_id: reverse("cases_sollicitation:night", args=[object_id]),
            take=request_take,
        )
    )
