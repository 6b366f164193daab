"""A runaway: the delay of the département, the disappearance of one minor, the return that must be told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.incidents.models.declared import Incident
from cases.incidents.runaways.enums import Offer
from cases.stays.models import Absence
from cms.vault.fields import SealedTextField


class RunawayDelay(models.Model):
    """Within how long police or gendarmerie are told, by the protocol of a département. None: at once.

    Read by the structures, written by the coordination.
    """

    territory = models.OneToOneField(
        "territory.Territory", on_delete=models.PROTECT, primary_key=True, verbose_name="département", related_name="+"
    )
    day_minutes = models.PositiveSmallIntegerField("délai de jour, en minutes")
    night_minutes = models.PositiveSmallIntegerField("délai de nuit, en minutes")
    protocol = models.CharField("ce que demande le protocole", max_length=300, blank=True)

    class Meta:
        verbose_name = "délai de fugue"
        verbose_name_plural = "délais de fugue"
        ordering = ["territory"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day_minutes__lte=1440, night_minutes__lte=1440),
                name="runawaydelay_within_a_day",
                violation_error_message="Une disparition se signale dans la journée.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.territory_id)


class Runaway(models.Model):
    """The disappearance of one minor: the incident, the absence that it opened in the stay. Read as the incident."""

    incident = models.OneToOneField(
        Incident, on_delete=models.PROTECT, primary_key=True, verbose_name="incident", related_name="runaway"
    )
    absence = models.OneToOneField(
        Absence, on_delete=models.PROTECT, null=True, blank=True, verbose_name="absence", related_name="runaway"
    )
    is_known_from_police = models.BooleanField("connue par la police d’abord", default=False)

    class Meta:
        verbose_name = "fugue"
        verbose_name_plural = "fugues"

    def __str__(self) -> str:
        return str(self.incident_id)


class RunawayReturn(models.Model):
    """The return of a minor: interview and doctor are offered, and what the minor said is sealed. Compulsory.

    Read by the team of the structure and by the coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField(
        Absence, on_delete=models.PROTECT, verbose_name="absence", related_name="runaway_return"
    )
    returned_at = models.DateTimeField("de retour le")
    interview = models.CharField("entretien de retour", max_length=8, choices=Offer.choices)
    medical = models.CharField("visite médicale", max_length=8, choices=Offer.choices)
    police_told = models.BooleanField("police ou gendarmerie prévenues du retour")
    told = SealedTextField("ce que le jeune en dit", null=True, blank=True)
    recorded_at = models.DateTimeField("écrit le")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrit par", related_name="+"
    )

    class Meta:
        verbose_name = "retour de fugue"
        verbose_name_plural = "retours de fugue"
        ordering = ["-returned_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(interview__in=Offer.values, medical__in=Offer.values), name="runawayreturn_offers_known"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__lte=F("recorded_at")),
                name="runawayreturn_not_to_come",
                violation_error_message="Ce retour est dans le futur.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.absence_id)
