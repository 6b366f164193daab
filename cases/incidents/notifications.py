"""Who is called for a declaration: structure, on-call, direction of the network, State, in this order, each once.

The mechanism is `cms.notify`; here is what is particular to an incident. The job that climbs sees no incident: a
function of the owner tells it how grave it is and which accounts to call; no structure when it is confidential.
"""

import uuid

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.incidents.models.declared import Incident
from cases.incidents.rules import (
    DIRECTION_LEVEL,
    KIND,
    LEAST_LEVEL,
    NIGHT_LEVEL,
    STATE_LEVEL,
    answer_key,
    not_before_morning,
)
from cases.notices.words import notice_page_register
from cms.kit.templatetags.french import spaced
from cms.notify.duty.rules.kinds import Plan, RingKind, ring_kind_register
from cms.values.settings import setting_values
from cms.wall import scope


def register() -> None:
    notice_page_register("incident", incident_page)
    ring_kind_register(
        RingKind(kind=KIND, label="situation préoccupante", url=ring_url, plan=ring_plan, words=ring_words)
    )


def ring_plan(incident_id: uuid.UUID) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, opened_at, structure, direction, state FROM incident_plan(%s)", [incident_id])
        row = cursor.fetchone()
    if row is None:
        return Plan()
    level, opened_at, structure, direction, state = row
    answer, state_level = setting_values(answer_key(max(level, LEAST_LEVEL)), STATE_LEVEL)
    last = [direction] if level >= DIRECTION_LEVEL else []
    if level >= state_level:
        last.append(state)
    return Plan(
        first=[structure],
        last=last,
        answer_minutes=answer,
        take_minutes=answer * 3,
        not_before=None if level >= NIGHT_LEVEL else not_before_morning(opened_at),
    )


def incident_page(incident_id: uuid.UUID) -> str:
    """Return the page of an incident for the reader of a notice; the list, once it is no longer theirs to open."""
    return ring_url(incident_id) or reverse("cases:incidents")


def ring_url(incident_id: uuid.UUID) -> str:
    """Return the page for the reader: in the admin, in the portal, or none if they were only told."""
    if scope.current().sees_all_cases():
        return reverse("cases_incident:inspect", args=[incident_id])
    if Incident.objects.followed().filter(pk=incident_id).exists():
        return reverse("cases:incident", args=[incident_id])
    return ""


def ring_words(incident_id: uuid.UUID) -> list[str]:
    """Return what the page of a call says: severity and time of declaration; no child, no structure, no facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT severity, declared_at, is_drill FROM incident_told(%s)", [incident_id])
        row = cursor.fetchone()
    if row is None:
        return []
    severity, declared_at, is_drill = row
    sentence = f"Gravité : {severity.lower()}. Déclarée le {timezone.localtime(declared_at):%d/%m/%Y à %H:%M}."
    drill = ["Ceci est un exercice : aucun enfant n’est concerné. Répondez comme si c’était vrai."] if is_drill else []
    return [*drill, spaced(sentence)]
