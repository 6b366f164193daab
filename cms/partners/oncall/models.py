"""The on-call line of a structure: whom the network rings when a minor may have to be taken in tonight."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cms.partners.book.models import Partner
from cms.partners.oncall.enums import Weekday
from cms.partners.people.models import Membership


def every_day() -> list[int]:
    return [day.value for day in Weekday]


class OnCallLine(models.Model):
    """The number that answers for a structure, and its hours. Read by the people of the structure and the
    coordination; written by its direction and the coordination.

    `ends_at` before `starts_at`: the hours go on the next morning. Equal: the whole day.
    """

    partner = models.OneToOneField(
        Partner, on_delete=models.PROTECT, primary_key=True, verbose_name="structure", related_name="on_call"
    )
    phone = models.CharField("numéro d’astreinte", max_length=30)
    days = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday.choices), verbose_name="jours", default=every_day
    )
    starts_at = models.TimeField("à partir de", default=dt.time())
    ends_at = models.TimeField("jusqu’à", default=dt.time())

    class Meta:
        verbose_name = "astreinte de structure"
        verbose_name_plural = "astreintes de structures"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__len__gt=0, days__contained_by=every_day()),
                name="oncallline_days_known",
                violation_error_message="Choisissez au moins un jour.",
            ),
            models.CheckConstraint(
                condition=~Q(phone=""),
                name="oncallline_has_phone",
                violation_error_message="Indiquez le numéro à appeler.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner_id)


class OnCallMember(models.Model):
    """Somebody of the structure who answers its line. Read and written with the line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(OnCallLine, on_delete=models.PROTECT, verbose_name="astreinte", related_name="members")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, verbose_name="personne", related_name="on_call"
    )

    class Meta:
        verbose_name = "personne d’astreinte"
        verbose_name_plural = "personnes d’astreinte"
        constraints = [models.UniqueConstraint(fields=["line", "membership"], name="oncallmember_once")]

    def __str__(self) -> str:
        return str(self.pk)
