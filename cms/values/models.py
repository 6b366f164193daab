"""Lists of values that the coordination edits: labels, order, legal basis, dates. Values retire, none is deleted."""

import datetime as dt
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class ValueQuerySet(models.QuerySet):
    def of_list(self, code: str) -> Self:
        return self.filter(list_id=code)

    def active_on(self, day: dt.date) -> Self:
        return self.filter(Q(active_from=None) | Q(active_from__lte=day), Q(active_to=None) | Q(active_to__gte=day))


class ValueList(models.Model):
    code = models.SlugField("code", primary_key=True, max_length=30)
    label = models.CharField("libellé", max_length=120)
    help = models.TextField("à quoi elle sert", blank=True)

    class Meta:
        verbose_name = "liste de valeurs"
        verbose_name_plural = "listes de valeurs"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Value(models.Model):
    """One value of a list. Its key is readable (`nature:PEC`): a filter on it needs no join."""

    id = models.CharField("clé", primary_key=True, max_length=52, editable=False)
    list = models.ForeignKey(
        ValueList, on_delete=models.PROTECT, verbose_name="liste", related_name="values", db_column="list_code"
    )
    code = models.CharField(
        "code", max_length=20, validators=[RegexValidator(r"^[A-Z0-9-]+$", "Lettres majuscules, chiffres et tirets.")]
    )
    label = models.CharField("libellé", max_length=200)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="valeur de rattachement",
        related_name="+",
    )
    legal_basis = models.CharField("base légale", max_length=300, blank=True)
    is_legal_basis_verified = models.BooleanField("base légale vérifiée", default=False)
    is_core = models.BooleanField(
        "employée par les calculs", default=False, help_text="Son code ne change pas et elle ne se retire pas."
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)
    active_from = models.DateField("active du", null=True, blank=True)
    active_to = models.DateField("active jusqu’au", null=True, blank=True)
    extra = models.JSONField("précisions", default=dict, blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ["list_id", "position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                name="value_code_unique",
                violation_error_message="Ce code existe déjà dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_from=None) | Q(active_to__gte=models.F("active_from")),
                name="value_dates_in_order",
                violation_error_message="La date de fin précède la date de début.",
            ),
            models.CheckConstraint(
                condition=Q(is_core=False) | Q(active_to=None),
                name="value_core_never_retired",
                violation_error_message="Cette valeur sert aux calculs : elle ne peut pas être retirée.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def is_active_on(self, day: dt.date) -> bool:
        """Say what `active_on` asks the database."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or self.active_to >= day
        )


class SettingVersion(models.Model):
    """One value of a setting from a date on; the registry (`cms.values.settings`) holds names, types and defaults."""

    key = models.CharField("réglage", max_length=60)
    value = models.JSONField("valeur")
    changed_at = models.DateTimeField("modifié le", auto_now_add=True)
    changed_by_id = models.UUIDField("modifié par", null=True, editable=False)
    reason = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "réglage"
        verbose_name_plural = "réglages"
        indexes = [models.Index(fields=["key", "-changed_at"], name="setting_latest")]

    def __str__(self) -> str:
        return self.key


class ConfigVersion(models.Model):
    """What an object of the configuration said from a moment on, for objects whose own row is changed in place.

    Insert-only. It holds settings and words of screens, never a word about anybody.
    """

    part = models.SlugField("réglage", max_length=30)
    key = models.CharField("objet", max_length=80)
    content = models.JSONField("contenu", null=True)
    reason = models.CharField("raison", max_length=300, blank=True)
    changed_at = models.DateTimeField("modifié le", auto_now_add=True)
    changed_by_id = models.UUIDField("modifié par", null=True, editable=False)

    class Meta:
        verbose_name = "version d’un réglage"
        verbose_name_plural = "versions des réglages"
        ordering = ["-changed_at", "-id"]
        # The history of one object, and the last change of each part on the page of settings.
        indexes = [models.Index(fields=["part", "key", "-changed_at"], name="configversion_latest")]

    def __str__(self) -> str:
        return self.part
