"""An urgent request sent without an account rings whoever is on duty."""

from django.urls import reverse

from cases.requests.unverified.services import KIND
from cms.notify.duty.rules.kinds import RingKind, ring_kind_register


def register() -> None:
    ring_kind_register(
        RingKind(
            kind=KIND,
            label="demande urgente, envoyée sans compte,",
            url=lambda object_id: reverse("cases_unverified:inspect", args=[object_id]),
        )
    )
