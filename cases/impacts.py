"""What the delays and thresholds about minors move today, before they are saved."""

import datetime as dt
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.arrival.selectors import runaways_too_long, waivers_to_settle
from cases.common.phones import ON_CALL
from cases.enums import NATURE_CARE, SollicitationState
from cases.incidents.learning.selectors import structures_silent
from cases.incidents.models.declared import Incident
from cases.incidents.rules import KIND, STATE_LEVEL, answer_key, asks_for_retex
from cases.matching.selectors.places import proposals_holding
from cases.requests.models import Sollicitation
from cases.requests.services.rings import RINGS_WITHIN, rings
from cms.notify.models import Ring
from cms.values.settings import setting_counts_register, setting_still_register, setting_value


def register() -> None:
    for key in ("cases.hold_hours", "cases.arrival_hours"):
        setting_counts_register(key, "Places retenues", lambda: proposals_holding(timezone.now()).count())
    setting_counts_register(
        "cases.runaway_days", "Séjours à terminer après une fugue", lambda: runaways_too_long().count()
    )
    setting_counts_register("cases.linking_hours", "Dérogations d’arrivée en retard", _late_waivers)
    setting_counts_register(
        "cases.silence_months", "Structures signalées pour leur silence", lambda: structures_silent().count()
    )
    setting_counts_register(
        "cases.relance_days", "Demandes closes dont une nouvelle, du même service, serait une relance", _repeatable
    )
    setting_counts_register("cases.ring_minutes", "Demandes reçues qui font sonner l’astreinte", _ringing)
    setting_counts_register(STATE_LEVEL, "Incidents ouverts dont l’État est prévenu, en dernier", _told_to_the_state)
    setting_counts_register("cases.retex_level", "Incidents ouverts à clore avec un retour d’expérience", _retex)
    for level in (2, 3, 4):
        setting_counts_register(
            answer_key(level), "Appels en cours dont l’échelon suivant est appelé", partial(_climbing, level)
        )
    _still()


def _still() -> None:
    sent = "Une proposition déjà envoyée garde son délai de réponse : ce réglage vaut pour les suivantes."
    read = "Ce qui est déjà lisible garde sa date de fin : ce réglage vaut pour les prochains."
    setting_still_register(
        **{
            "cases.answer_hours": sent,
            "cases.sheet_days": read,
            "cases.journey_days": read,
            "cases.away_km": "Un lieu à éviter déjà noté garde son rayon : celui-ci est proposé pour les suivants, et "
            "sert à la recherche de lieu quand aucun n’est noté.",
            ON_CALL: "Affiché aussitôt sur les pages de demande et de déclaration.",
        }
    )


def _late_waivers() -> int:
    now = timezone.now()
    return sum(row.due_at <= now for row in waivers_to_settle())


def _repeatable() -> int:
    since = timezone.now() - dt.timedelta(days=setting_value("cases.relance_days"))
    rows = Sollicitation.objects.real().filter(nature_id=NATURE_CARE, relance_of=None)
    return rows.filter(closed_at__gte=since, case__isnull=False).count()


def _ringing() -> int:
    since = timezone.now() - RINGS_WITHIN
    waiting = Sollicitation.objects.real().filter(state=SollicitationState.RECEIVED, received_at__gt=since)
    return sum(rings(row) for row in waiting.select_related("urgency"))


def _told_to_the_state() -> int:
    rows = Incident.objects.real().open()
    return rows.filter(severity__extra__level__gte=setting_value(STATE_LEVEL)).count()


def _retex() -> int:
    rows = Incident.objects.real().open().filter(has_analysis=False).select_related("severity")
    return sum(asks_for_retex(row) for row in rows)


def _climbing(level: int) -> int:
    """Calls that nobody answered within the delay, of this severity; the lowest one holds below it too."""
    rung = timezone.now() - dt.timedelta(minutes=setting_value(answer_key(level)))
    mine = Q(severity__extra__level__lte=level) if level == 2 else Q(severity__extra__level=level)
    incidents = Incident.objects.filter(mine, pk=OuterRef("object_id"))
    return Ring.objects.open().filter(Exists(incidents), kind=KIND, acknowledged_at=None, rung_at__lte=rung).count()
