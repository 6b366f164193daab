"""What protects a minor: the places to be kept away from, the needs, and the legal frames with their clocks."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.files.models import Case
from cases.files.protection.enums import AwayLevel
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class KeepAwayQuerySet(models.QuerySet):
    def holding(self) -> Self:
        return self.filter(lifted_on=None)


class KeepAway(models.Model):
    """A département that a minor must be kept away from, its neighbours with it, and a radius around.

    Never a precise address: that stays sealed with the identity.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="keep_aways")
    territory = models.ForeignKey(
        "territory.Territory", on_delete=models.PROTECT, verbose_name="département", related_name="+"
    )
    reason = ValueField("motif", list_code="motif_eloignement")
    level = models.CharField("niveau", max_length=10, choices=AwayLevel.choices, default=AwayLevel.FORBIDDEN)
    radius_km = models.PositiveSmallIntegerField(
        "rayon (km)", help_text="À vol d’oiseau, depuis le centre du département."
    )
    lifted_on = models.DateField("levé le", null=True, blank=True)

    objects = KeepAwayQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu à éviter"
        verbose_name_plural = "lieux à éviter"
        ordering = ["territory_id"]
        constraints = [
            value_constraint("keepaway", "reason", "motif_eloignement"),
            models.UniqueConstraint(
                fields=["case", "territory", "reason"],
                condition=Q(lifted_on=None),
                name="keepaway_once",
                violation_error_message="Ce département est déjà à éviter pour ce motif.",
            ),
            models.CheckConstraint(
                condition=Q(radius_km__lte=1500),
                name="keepaway_radius_plausible",
                violation_error_message="Un rayon va de 0 à 1 500 km.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class PeopleToAvoid(models.Model):
    """Whom a minor must not meet, in words, sealed: an exploiter, a relative, a friend who brings back.

    Written by the coordination; read by it and by the team that houses the minor, as long as the stay goes on.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, verbose_name="situation", related_name="people_to_avoid"
    )
    words = SealedTextField("personnes à éviter", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrit par", related_name="+", editable=False
    )
    written_at = models.DateTimeField("écrit le", editable=False)

    class Meta:
        verbose_name = "personnes à éviter"
        verbose_name_plural = "personnes à éviter"

    def __str__(self) -> str:
        return str(self.case_id)


class CaseNeed(models.Model):
    """A need or a vulnerability that the host must know to answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="needs")
    need = ValueField("besoin", list_code="vulnerabilite")

    class Meta:
        verbose_name = "besoin d’un mineur"
        verbose_name_plural = "besoins d’un mineur"
        constraints = [
            value_constraint("caseneed", "need", "vulnerabilite"),
            models.UniqueConstraint(fields=["case", "need"], name="caseneed_unique"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseLanguage(models.Model):
    """A language that a minor speaks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="languages")
    language = ValueField("langue", list_code="langue")

    class Meta:
        verbose_name = "langue d’un mineur"
        verbose_name_plural = "langues d’un mineur"
        constraints = [
            value_constraint("caselanguage", "language", "langue"),
            models.UniqueConstraint(fields=["case", "language"], name="caselanguage_unique"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class LegalFrameQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Keep frames whose step is still to be taken before `due_at` (the judge to be seized within 8 days…)."""
        return self.filter(met_at=None, replaced_at=None, due_at__isnull=False)

    def to_watch(self) -> Self:
        """Return the clocks that run on open files of real minors, the late ones first."""
        return self.running().filter(case__closed_on=None, case__is_test=False).order_by("due_at")


class LegalFrame(models.Model):
    """One legal frame of a minor, from its decision on. The last one decided is the frame in force of the case.

    Police and associations ask, a magistrate or the ASE decides: until `decider` is written, the decision is awaited,
    and an arrival waits for it (`linking_missing`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="legal_frames")
    frame = ValueField("cadre juridique", list_code="cadre_juridique")
    decided_at = models.DateTimeField("décidé le")
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    due_at = models.DateTimeField("démarche à faire avant", null=True, blank=True, editable=False)
    met_at = models.DateTimeField("démarche faite le", null=True, blank=True)
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True, editable=False)
    decider = ValueField("qui a décidé", list_code="decideur", null=True, blank=True)
    court = SealedTextField("juridiction ou département", max_length=200, null=True, blank=True)
    number = SealedTextField("numéro de la décision", max_length=80, null=True, blank=True)
    document_id = models.UUIDField("décision jointe", null=True, blank=True, editable=False)
    """An attachment of the case, without a foreign key: it is removed and erased by the rules of attachments."""

    objects = LegalFrameQuerySet.as_manager()

    class Meta:
        verbose_name = "cadre juridique d’un mineur"
        verbose_name_plural = "cadres juridiques d’un mineur"
        ordering = ["-decided_at"]
        constraints = [
            value_constraint("legalframe", "frame", "cadre_juridique"),
            value_constraint("legalframe", "decider", "decideur"),
            models.CheckConstraint(
                condition=Q(decider=None, document_id=None, court__isnull=True, number__isnull=True)
                | Q(decider__isnull=False, court__isnull=False, number__isnull=False)
                | Q(decider__isnull=False, court__isnull=False, document_id__isnull=False),
                name="legalframe_decision_whole",
                violation_error_message="Une décision dit qui l’a prise, où, et porte un numéro ou le document.",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(replaced_at=None), name="legalframe_one_in_force"),
            models.CheckConstraint(
                condition=Q(met_at=None) | Q(due_at__isnull=False, met_at__gte=F("decided_at")),
                name="legalframe_met_after_decision",
                violation_error_message="La démarche précède la décision.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("decided_at")),
                name="legalframe_replaced_after_decision",
                violation_error_message="Ce cadre est antérieur à celui qui est en vigueur.",
            ),
        ]
        indexes = [
            # The board reads the clocks that run, the first due first.
            models.Index(
                fields=["due_at"],
                condition=Q(met_at=None, replaced_at=None, due_at__isnull=False),
                name="legalframe_running",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
