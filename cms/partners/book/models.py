"""Partners of the network: who they are, how many places they hold, when they are suspended."""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cms.kit.constraints import DatedQuerySet, DatesInOrder, days, in_order
from cms.partners.conventions.models import Convention
from cms.partners.enums import PartnerKind
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class PartnerQuerySet(models.QuerySet):
    def structures(self) -> Self:
        return self.filter(kind=PartnerKind.STRUCTURE)

    def with_convention_on(self, day: dt.date) -> Self:
        return self.filter(models.Exists(Convention.objects.in_force_on(day).filter(partner_id=models.OuterRef("pk"))))

    def not_suspended_on(self, day: dt.date) -> Self:
        return self.exclude(models.Exists(Suspension.objects.on(day).filter(partner_id=models.OuterRef("pk"))))


class Partner(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=12, choices=PartnerKind.choices)
    code_name = models.CharField(
        "nom d’usage",
        max_length=120,
        unique=True,
        help_text="Pour une structure : un nom de code, jamais son vrai nom.",
    )
    structure_type = ValueField("type de structure", list_code="type_structure", null=True, blank=True)
    requester_type = ValueField("type de service", list_code="acteur", null=True, blank=True)
    territory = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département",
        related_name="+",
    )
    ase_authority = models.OneToOneField(
        "territory.AseAuthority",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="autorité ASE",
        related_name="+",
    )
    manager_name = models.CharField("organisme gestionnaire", max_length=160, blank=True)
    establishment_number = models.CharField("numéro FINESS ou SIRET", max_length=14, blank=True)
    opened_on = models.DateField("entrée dans le carnet du réseau")
    closed_on = models.DateField("sortie du carnet", null=True, blank=True)
    is_test = models.BooleanField("fiche d’essai", default=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
        ordering = ["code_name"]
        constraints = [
            value_constraint("partner", "structure_type", "type_structure"),
            value_constraint("partner", "requester_type", "acteur"),
            in_order("partner_dates_in_order", "opened_on", "closed_on"),
            models.CheckConstraint(
                condition=~Q(kind=PartnerKind.STRUCTURE) | Q(structure_type__isnull=False, territory__isnull=False),
                name="partner_structure_is_described",
                violation_error_message="Indiquez le type et le département de la structure.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PartnerKind.ASE) | Q(ase_authority__isnull=False),
                name="partner_ase_has_authority",
                violation_error_message="Choisissez l’autorité ASE.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PartnerKind.REQUESTER) | Q(requester_type__isnull=False),
                name="partner_requester_has_type",
                violation_error_message="Choisissez le type de service.",
            ),
        ]

    def __str__(self) -> str:
        return self.code_name


class PartnerIdentity(models.Model):
    """Real name and secret address of a structure, sealed."""

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    real_name = SealedTextField("nom réel", blank=True)
    address = SealedTextField("adresse", blank=True)
    mail_address = SealedTextField("adresse postale de correspondance", blank=True)

    class Meta:
        verbose_name = "identité de structure"
        verbose_name_plural = "identités de structures"

    def __str__(self) -> str:
        return str(self.partner_id)


class StructureProfile(models.Model):
    """What a structure can take in: the criteria of matching."""

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, primary_key=True, related_name="profile")
    age_min = models.PositiveSmallIntegerField("âge minimum", default=11)
    age_max = models.PositiveSmallIntegerField("âge maximum", default=17)
    sexes = models.ManyToManyField("values.Value", verbose_name="sexes accueillis", blank=True, related_name="+")
    forms = models.ManyToManyField(
        "values.Value", verbose_name="formes d’exploitation acceptées", blank=True, related_name="+"
    )
    languages = models.ManyToManyField("values.Value", verbose_name="langues parlées", blank=True, related_name="+")
    contraindications = models.ManyToManyField(
        "values.Value", verbose_name="ne peut pas accueillir", blank=True, related_name="+"
    )
    containment = ValueField("niveau de contenance", list_code="contenance", null=True, blank=True)
    habilitation = ValueField("habilitation", list_code="habilitation", null=True, blank=True)
    pledged_places = models.PositiveSmallIntegerField("places promises au réseau", default=0)
    takes_at_night = models.BooleanField("accueil de nuit et de week-end", default=False)
    takes_siblings = models.BooleanField("accueil de fratries", default=False)
    admission_days = models.PositiveSmallIntegerField("délai d’admission (jours)", null=True, blank=True)
    daily_price = models.DecimalField("prix de journée (euros)", max_digits=7, decimal_places=2, null=True, blank=True)
    has_psychologist = models.BooleanField("psychologue dans l’équipe", default=False)

    class Meta:
        verbose_name = "profil d’accueil"
        verbose_name_plural = "profils d’accueil"
        constraints = [
            value_constraint("profile", "containment", "contenance"),
            value_constraint("profile", "habilitation", "habilitation"),
            models.CheckConstraint(
                condition=Q(age_max__gte=F("age_min"), age_max__lte=21),
                name="profile_ages_in_order",
                violation_error_message="L’âge maximum précède l’âge minimum, ou dépasse 21 ans.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)


class PlaceQuerySet(DatedQuerySet):
    def lasting(self) -> Self:
        """Leave out the extra places of a night: a bed like another, and no place opened to the network."""
        return self.filter(is_extra=False)


class Place(DatesInOrder):
    """One place of a structure: capacity is the number of these rows.

    An extra place is declared by the direction of the structure for a night or a few days; `note` is its own word.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, verbose_name="structure", related_name="places")
    label = models.CharField("repère", max_length=40)
    starts_on = models.DateField("ouverte du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    is_extra = models.BooleanField("place supplémentaire", default=False)
    note = models.CharField("mot de la structure", max_length=200, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places"
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "label"], name="place_label_unique"),
            in_order("place_dates_in_order", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(is_extra=False, note="") | Q(is_extra=True, ends_on__isnull=False),
                name="place_extra_ends",
                violation_error_message="Une place supplémentaire a un dernier jour.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Suspension(DatesInOrder):
    """While it lasts, the structure is shown apart and does not count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, verbose_name="structure", related_name="suspensions"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    reason = models.CharField("motif", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "suspension"
        verbose_name_plural = "suspensions"
        ordering = ["-starts_on"]
        constraints = [
            in_order("suspension_dates_in_order", "starts_on", "ends_on"),
            ExclusionConstraint(
                name="suspension_no_overlap",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Une autre suspension couvre déjà une partie de ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Suspension du {self.starts_on:%d/%m/%Y}"
