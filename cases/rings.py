"""What rings whoever is on duty: a request whose answer is urgent, from a known service or not, and an incident."""

from django.urls import reverse

from cases.incidents.rules import ladder
from cases.requests.services.rings import KIND
from cases.requests.unverified.services import KIND as UNVERIFIED
from cms.notify.duty.rules.kinds import RingKind, ring_kind_register


def register() -> None:
    ring_kind_register(
        RingKind(
            kind=KIND,
            label="demande d’accueil urgente",
            url=lambda object_id: reverse("cases_sollicitation:inspect", args=[object_id]),
        )
    )
    ring_kind_register(
        RingKind(
            kind=UNVERIFIED,
            label="demande urgente, envoyée sans compte,",
            url=lambda object_id: reverse("cases_unverified:inspect", args=[object_id]),
        )
    )
    ring_kind_register(
        RingKind(
            kind=ladder.KIND, label="situation préoccupante", url=ladder.url, plan=ladder.plan, words=ladder.words
        )
    )
