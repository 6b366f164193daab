"""Delays and levels of incidents, and what they move today."""

import datetime as dt
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.incidents.models.declared import Incident
from cases.incidents.rules import KIND, STATE_LEVEL, answer_key, asks_for_retex
from cms.notify.models import Ring
from cms.values.settings import setting_counts_register, setting_register, setting_value


def register() -> None:
    for level, label, minutes in ((2, "significative", 60), (3, "grave", 15), (4, "critique", 5)):
        setting_register(
            f"cases.incident_answer_minutes_g{level}",
            f"Incident de gravité {label} : temps laissé pour répondre à un appel",
            minutes,
            unit="minutes",
            help="Passé ce délai, l’échelon suivant est appelé : structure, astreinte, direction, État. "
            "Un changement vaut aussitôt pour ce qui sonne.",
            least=1,
            most=1440,
        )
    setting_register(
        "cases.incident_state_level",
        "Incident : gravité à partir de laquelle l’État est prévenu, en dernier",
        4,
        help="4 : critique seulement. 5 : jamais. L’État apprend qu’un incident existe et sa gravité, rien d’autre.",
        least=3,
        most=5,
    )
    setting_register(
        "cases.retex_level",
        "Incident : gravité à partir de laquelle un retour d’expérience précède la clôture",
        3,
        help="3 : grave et critique. 5 : jamais. Un changement vaut pour les clôtures à venir.",
        least=1,
        most=5,
    )
    setting_counts_register(STATE_LEVEL, "Incidents ouverts dont l’État est prévenu, en dernier", _told_to_the_state)
    setting_counts_register("cases.retex_level", "Incidents ouverts à clore avec un retour d’expérience", _retex)
    for level in (2, 3, 4):
        setting_counts_register(
            answer_key(level), "Appels en cours dont l’échelon suivant est appelé", partial(_climbing, level)
        )


def _told_to_the_state() -> int:
    rows = Incident.objects.real().open()
    return rows.filter(severity__extra__level__gte=setting_value(STATE_LEVEL)).count()


def _retex() -> int:
    rows = Incident.objects.real().open().filter(has_analysis=False).select_related("severity")
    return sum(asks_for_retex(row) for row in rows)


def _climbing(level: int) -> int:
    """Count calls of this severity unanswered within the delay; the lowest level includes those below it."""
    rung = timezone.now() - dt.timedelta(minutes=setting_value(answer_key(level)))
    mine = Q(severity__extra__level__lte=level) if level == 2 else Q(severity__extra__level=level)
    incidents = Incident.objects.filter(mine, pk=OuterRef("object_id"))
    return Ring.objects.open().filter(Exists(incidents), kind=KIND, acknowledged_at=None, rung_at__lte=rung).count()
