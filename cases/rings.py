"""What rings whoever is on duty: a request whose answer is urgent, from a known service or not, and an incident."""

from django.urls import reverse

from cases.incidents.notifications import ring_plan, ring_url, ring_words
from cases.incidents.rules import KIND as INCIDENT
from cases.requests.services.rings import KIND
from cases.requests.unverified.services import KIND as UNVERIFIED
from cms.notify.duty.kinds import RingKind, ring_kind_register


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
        RingKind(kind=INCIDENT, label="situation préoccupante", url=ring_url, plan=ring_plan, words=ring_words)
    )
