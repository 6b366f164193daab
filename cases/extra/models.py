"""Fields that the network adds to a request or to a situation, without a change of code, and their answers."""

import re
import uuid
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from cases.extra.enums import ExtraAudience, ExtraKind, ExtraTarget
from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.kit.constraints import whole
from cms.kit.fields import person
from cms.vault.fields import SealedTextField

CODE = re.compile(r"^[a-z][a-z0-9_]{0,29}\Z")
LONGEST_TEXT = 1000


class ExtraField(models.Model):
    """One question of the network. Sealed unless two people agreed that its answers may be counted; a text always is.
    May be left empty unless two people agreed that it be compulsory (`ExtraRequirement`).

    `choices`: `[{"code": "oui_partiel", "label": "En partie", "is_retired": false}, …]`; none is ever deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.CharField("champ de", max_length=15, choices=ExtraTarget.choices)
    code = models.CharField(
        "code",
        max_length=30,
        unique=True,
        validators=[RegexValidator(CODE, "Lettres minuscules sans accent, chiffres et tirets bas.")],
        error_messages={"unique": "Un champ porte déjà ce code."},
    )
    label = models.CharField("question", max_length=120)
    help = models.CharField("aide sous la question", max_length=240, blank=True)
    kind = models.CharField("nature de la réponse", max_length=10, choices=ExtraKind.choices)
    choices = models.JSONField("choix", default=list, blank=True)
    audience = models.CharField("posée à", max_length=12, choices=ExtraAudience.choices, default=ExtraAudience.OFFICE)
    is_required = models.BooleanField(
        "réponse obligatoire",
        default=False,
        editable=False,
        help_text="Jamais sur les trois écrans de la police, de la gendarmerie et des transmetteurs.",
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)
    is_sealed = models.BooleanField("gardée sous scellé", default=True, editable=False)
    unseal_reason = models.CharField("pourquoi lever le scellé", max_length=300, blank=True, editable=False)
    unseal_asked_by = person("levée demandée par", null=True, editable=False)
    unseal_agreed_by = person("levée accordée par", null=True, editable=False)
    retired_on = models.DateField("retiré le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "champ ajouté"
        verbose_name_plural = "champs ajoutés"
        ordering = ["target", "position", "label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_sealed=True) | Q(unseal_asked_by__isnull=False, unseal_agreed_by__isnull=False),
                name="extrafield_unsealed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(unseal_agreed_by=None)
                | Q(unseal_asked_by__isnull=False) & ~Q(unseal_agreed_by=F("unseal_asked_by")) & ~Q(unseal_reason=""),
                name="extrafield_two_people",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=True) | ~Q(kind=ExtraKind.TEXT),
                name="extrafield_text_is_sealed",
                violation_error_message="Un texte reste toujours sous scellé.",
            ),
            # The code names a column of saved tables: it is checked where it is kept.
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9_]{0,29}$"), name="extrafield_code"),
            # It would be compulsory again, without a second person, on the day when it comes back.
            models.CheckConstraint(
                condition=Q(retired_on=None) | Q(is_required=False), name="extrafield_retired_optional"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_waiting(self) -> bool:
        """Somebody asked that its answers be counted, and nobody has decided."""
        return self.is_sealed and self.unseal_asked_by_id is not None

    def labels(self) -> dict[str, str]:
        """Return the label of each coded answer, those no longer offered included."""
        if self.kind == ExtraKind.YES_NO:
            return {"oui": "Oui", "non": "Non"}
        return {item["code"]: item["label"] for item in self.choices}


class RequirementQuerySet(DecisionQuerySet):
    def holding(self) -> Self:
        return self.agreed().filter(undone_at=None)


class ExtraRequirement(DecidedByTwo):
    """An added field made compulsory: one person asks, another agrees, anybody of the coordination makes it optional
    again. Seen by the coordination alone.
    """

    field = models.ForeignKey(
        ExtraField, on_delete=models.PROTECT, verbose_name="champ", related_name="requirements", editable=False
    )
    reason = models.CharField("pourquoi", max_length=300, editable=False)
    asked_count = models.PositiveIntegerField("fiches sans réponse, à la demande", editable=False)
    agreed_count = models.PositiveIntegerField("fiches sans réponse, à l’accord", null=True, editable=False)
    undone_by = person("rendu facultatif par", null=True, editable=False)
    undone_at = models.DateTimeField("rendu facultatif le", null=True, blank=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        verbose_name = "réponse rendue obligatoire"
        verbose_name_plural = "réponses rendues obligatoires"
        default_permissions = ()
        constraints = [
            *DecidedByTwo.Meta.constraints,
            whole("extrarequirement_undone_whole", "undone_by", "undone_at", also=Q(agreed_at__isnull=False)),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_count=None)
                | Q(agreed_at__isnull=False, agreed_count__isnull=False),
                name="extrarequirement_counted",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extrarequirement_reason"),
            models.UniqueConstraint(
                fields=["field"],
                condition=Q(agreed_at=None, dismissed_at=None),
                name="extrarequirement_one_waiting",
                violation_error_message="Une demande attend déjà une seconde personne pour ce champ.",
            ),
            models.UniqueConstraint(
                fields=["field"],
                condition=Q(agreed_at__isnull=False, undone_at=None),
                name="extrarequirement_one_holding",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExtraAnswer(models.Model):
    """The answer to one added field: sealed, or a code that tables may count. Read as the words of its request; for a
    situation, sealed answers are read with its identity, under a reveal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    field = models.ForeignKey(ExtraField, on_delete=models.PROTECT, verbose_name="champ", related_name="answers")
    sollicitation = models.ForeignKey(
        "cases.Sollicitation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="sollicitation",
        related_name="extra_answers",
    )
    case = models.ForeignKey(
        "cases.Case",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="situation",
        related_name="extra_answers",
    )
    is_sealed = models.BooleanField("sous scellé", default=True)
    sealed = SealedTextField("réponse sous scellé", blank=True)
    code = models.CharField("réponse codée", max_length=40, blank=True)

    class Meta:
        verbose_name = "réponse à un champ ajouté"
        verbose_name_plural = "réponses à un champ ajouté"
        constraints = [
            models.CheckConstraint(
                condition=Q(sollicitation=None, case__isnull=False) | Q(sollicitation__isnull=False, case=None),
                name="extraanswer_one_parent",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=True, code="") | Q(is_sealed=False) & ~Q(code=""), name="extraanswer_one_value"
            ),
            models.UniqueConstraint(fields=["field", "sollicitation"], name="extraanswer_once_sollicitation"),
            models.UniqueConstraint(fields=["field", "case"], name="extraanswer_once_case"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def value(self) -> str:
        return self.sealed if self.is_sealed else self.code
