"""On-call: who is on duty, what rings, and what became of each call."""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q

from cms.kit.fields import person
from cms.notify.enums import Channel, Rank

PERIOD = Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField())


class DutyQuerySet(models.QuerySet):
    def held(self) -> Self:
        return self.filter(cancelled_at=None)

    def at(self, moment: dt.datetime) -> Self:
        return self.held().filter(starts_at__lte=moment, ends_at__gt=moment)

    def between(self, starts_at: dt.datetime, ends_at: dt.datetime) -> Self:
        return self.held().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Duty(models.Model):
    """Somebody who answers for the network, from an hour to an hour. Read by the coordination and by that person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = person("personne")
    rank = models.PositiveSmallIntegerField("rang", choices=Rank.choices)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    phone = models.CharField("numéro pendant la garde", max_length=30, blank=True)
    cancelled_at = models.DateTimeField("retirée le", null=True, blank=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "garde"
        verbose_name_plural = "gardes"
        ordering = ["starts_at", "rank"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="duty_ends_after_start",
                violation_error_message="La fin suit le début.",
            ),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="duty_rank_known"),
            ExclusionConstraint(
                name="duty_one_person_a_rank",
                expressions=[("rank", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
                violation_error_message="Une garde du même rang couvre déjà une partie de ces heures.",
            ),
            # The same person at two ranks would be called twice and answer once. An exchange moves two rows at once.
            ExclusionConstraint(
                name="duty_one_rank_a_person",
                expressions=[("person", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message="Cette personne est déjà de garde à un autre rang pendant ces heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"garde de {self.get_rank_display()}"


class DutySwap(models.Model):
    """A duty offered to a colleague, for one of theirs or for nothing. Read by the coordination."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, verbose_name="garde", related_name="swaps")
    in_exchange = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, verbose_name="en échange de", related_name="+"
    )
    proposed_by = person("proposé par")
    proposed_to = person("proposé à")
    proposed_at = models.DateTimeField("proposé le")
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    is_accepted = models.BooleanField("accepté", default=False)

    class Meta:
        verbose_name = "échange de garde"
        verbose_name_plural = "échanges de garde"
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"],
                condition=Q(answered_at=None),
                name="dutyswap_one_waiting",
                violation_error_message="Un échange attend déjà une réponse pour cette garde.",
            ),
            models.CheckConstraint(condition=~Q(proposed_by=F("proposed_to")), name="dutyswap_between_two"),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False), name="dutyswap_accepted_when_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"échange {self.duty_id}"


class RingQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Ring(models.Model):
    """Something that somebody must take now. Upper apps know the object; here it is a kind and an id.

    Read by the coordination, and by whoever it called.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=40)
    object_id = models.UUIDField("objet")
    opened_at = models.DateTimeField("ouverte le")
    rung = models.IntegerField("échelon", default=-1)
    """How many rungs were climbed, from 0; the ladder begins again once at its top."""
    rung_at = models.DateTimeField("échelon atteint le", null=True, blank=True)
    acknowledged_at = models.DateTimeField("appel pris le", null=True, blank=True)
    acknowledged_by = person("appel pris par", null=True, blank=True)
    closed_at = models.DateTimeField("terminée le", null=True, blank=True)

    objects = RingQuerySet.as_manager()

    class Meta:
        verbose_name = "sonnerie"
        verbose_name_plural = "sonneries"
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(closed_at=None), name="ring_one_open_an_object"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="ring_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(rung=-1, rung_at=None) | Q(rung__gte=0, rung_at__isnull=False), name="ring_rung_dated"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RingStep(models.Model):
    """One message to one person by one way. Its id comes from the ring and the rung, so that it is written once."""

    id = models.UUIDField(primary_key=True, editable=False)
    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, verbose_name="sonnerie", related_name="steps")
    rung = models.PositiveIntegerField("échelon")
    person = person("personne")
    channel = models.CharField("canal", max_length=10, choices=Channel.choices)
    tried_at = models.DateTimeField("essayé le", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    delivered_at = models.DateTimeField("remis le", null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    acknowledged_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "appel"
        verbose_name_plural = "appels"
        ordering = ["rung", "person", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["ring", "rung", "person", "channel"], name="ringstep_once"),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(sent_at__isnull=False), name="ringstep_sent_before_delivered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
