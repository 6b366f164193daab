"""Derogations in force, and those that wait for a second person."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet
from django.http import Http404

from cms.journal.services import refusal_queue
from referentiel.derogations.models import Derogation


def derogation_get(pk: uuid.UUID) -> Derogation:
    row = Derogation.objects.select_related("partner", "asked_by").filter(pk=pk).first()
    if row is None:
        refusal_queue("derogation", pk, "referentiel.derogation.read")
        raise Http404
    return row


def derogations_open(day: dt.date) -> QuerySet[Derogation]:
    """List the derogations that wait for a second person, and those in force."""
    waiting = Q(agreed_at=None, revoked_at=None, ends_on__gte=day)
    rows = Derogation.objects.filter(waiting | Q(pk__in=derogations_on(day).values("pk")))
    return rows.select_related("partner", "asked_by", "agreed_by").order_by("agreed_at", "ends_on")


def derogations_on(day: dt.date) -> QuerySet[Derogation]:
    """List the derogations in force on a day: agreed by two people, begun, not over, not revoked."""
    return Derogation.objects.filter(agreed_at__isnull=False, revoked_at=None, starts_on__lte=day, ends_on__gte=day)
