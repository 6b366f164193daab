"""Delays of requests, and what they move today."""

import datetime as dt

from django.utils import timezone

from cases.enums import Nature, SollicitationState
from cases.requests.models import Sollicitation
from cases.requests.services.rings import RINGS_WITHIN, rings
from cms.values.settings import setting_counts_register, setting_register, setting_value


def register() -> None:
    setting_register(
        "cases.relance_days",
        "Relance : délai après la clôture de la première demande",
        30,
        unit="jours",
        help="Une nouvelle demande du même service pour le même mineur, reçue dans ce délai, n’est pas comptée.",
    )
    setting_register(
        "cases.ring_minutes",
        "Astreinte : les appels partent quand la réponse est attendue dans ce délai, ou avant",
        240,
        unit="minutes",
        help="Le délai de réponse est celui du degré d’urgence. 240 minutes : danger immédiat, et dans la nuit.",
        most=10080,
    )
    setting_counts_register(
        "cases.relance_days", "Demandes closes dont une nouvelle, du même service, serait une relance", _repeatable
    )
    setting_counts_register("cases.ring_minutes", "Demandes reçues qui font sonner l’astreinte", _ringing)


def _repeatable() -> int:
    since = timezone.now() - dt.timedelta(days=setting_value("cases.relance_days"))
    rows = Sollicitation.objects.real().filter(nature_id=Nature.CARE, relance_of=None)
    return rows.filter(closed_at__gte=since, case__isnull=False).count()


def _ringing() -> int:
    since = timezone.now() - RINGS_WITHIN
    waiting = Sollicitation.objects.real().filter(state=SollicitationState.RECEIVED, received_at__gt=since)
    return sum(rings(row) for row in waiting.select_related("urgency"))
