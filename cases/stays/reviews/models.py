"""What a structure says of a stay at its milestones and at its end, and what is known six months later."""

import uuid

from django.conf import settings
from django.db import models

from cases.stays.models import Placement
from cases.stays.reviews.enums import Milestone
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class StayReview(models.Model):
    """A short review of a stay, in coded answers. A need of care is yes or no, never what it is. Insert-only; read by
    the structure and by the coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, verbose_name="séjour", related_name="reviews")
    milestone = models.PositiveSmallIntegerField("étape", choices=Milestone.choices)
    safety = ValueField("sécurité", list_code="bilan_securite")
    needs_care = models.BooleanField("un soin est à engager")
    schooling = ValueField("scolarité", list_code="bilan_scolarite")
    adhesion = ValueField("adhésion du jeune", list_code="adhesion")
    next_goal = ValueField("prochain objectif", list_code="bilan_objectif")
    words = SealedTextField("ce qu’il faut savoir d’autre", blank=True)
    written_on = models.DateField("fait le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="fait par", related_name="+"
    )

    class Meta:
        verbose_name = "bilan d’étape"
        verbose_name_plural = "bilans d’étape"
        ordering = ["written_on"]
        constraints = [
            value_constraint("stayreview", "safety", "bilan_securite"),
            value_constraint("stayreview", "schooling", "bilan_scolarite"),
            value_constraint("stayreview", "adhesion", "adhesion"),
            value_constraint("stayreview", "next_goal", "bilan_objectif"),
            models.UniqueConstraint(
                fields=["placement", "milestone"],
                name="stayreview_once",
                violation_error_message="Ce bilan est déjà fait.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_milestone_display().capitalize()


class AfterStay(models.Model):
    """What is known of a new exploitation six months after a stay (companion of indicator 3). Kept by the
    coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, verbose_name="séjour", related_name="after")
    exploitation = ValueField("ré-exploitation", list_code="reexploitation")
    known_on = models.DateField("su le")
    words = SealedTextField("comment on le sait", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="noté par", related_name="+"
    )

    class Meta:
        verbose_name = "veille à six mois"
        verbose_name_plural = "veilles à six mois"
        constraints = [value_constraint("afterstay", "exploitation", "reexploitation")]

    def __str__(self) -> str:
        return f"Veille du {self.known_on:%d/%m/%Y}"
