"""What is known at the hour of the request: coded, so that it can stand on an anonymous sheet."""

from django.db import models

from cases.enums import ParquetTold, PlacementOrder
from cms.values.fields import ValueField


class TonightFacts(models.Model):
    """What the protocol with police and gendarmerie asks (article 4). Empty: nobody knows, which is said as it is."""

    language = ValueField("langue qu’il comprend", list_code="langue", null=True, blank=True)
    accepts_leaving = models.BooleanField("accepte de partir", null=True, blank=True)
    has_phone = models.BooleanField("téléphone sur lui", null=True, blank=True)
    needs_care = models.BooleanField("blessure ou soin urgent", null=True, blank=True)
    has_treatment = models.BooleanField("traitement à prendre", null=True, blank=True)
    uses_substances = models.BooleanField("alcool, drogues ou médicaments", null=True, blank=True)
    is_pregnant = models.BooleanField("grossesse", null=True, blank=True)
    is_exploiter_near = models.BooleanField("exploiteur à proximité", null=True, blank=True)
    parquet_told = models.CharField("parquet informé", max_length=8, choices=ParquetTold.choices, blank=True)
    placement_order = models.CharField("placement ordonné", max_length=8, choices=PlacementOrder.choices, blank=True)

    class Meta:
        abstract = True


TONIGHT = (
    "language_id",
    "accepts_leaving",
    "has_phone",
    "needs_care",
    "has_treatment",
    "uses_substances",
    "is_pregnant",
    "is_exploiter_near",
    "parquet_told",
    "placement_order",
)
SHARED_TONIGHT = ("language_id", "is_exploiter_near", "parquet_told")
"""What holds for brothers and sisters too: the others are known of each alone."""
