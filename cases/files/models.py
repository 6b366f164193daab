"""A minor's case, without identity, and the sealed tables that alone hold one."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedDateField, SealedJSONField, SealedTextField


class MinorFacts(models.Model):
    """What is known of a minor, in coded form: carried by the sollicitation, then by the case."""

    sex = ValueField("sexe", list_code="sexe", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("année de naissance", null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField("mois de naissance", null=True, blank=True)
    age_precision = ValueField("précision de l’âge", list_code="precision_age", null=True, blank=True)
    identification_level = ValueField(
        "niveau d’identification", list_code="niveau_identification", null=True, blank=True
    )
    nationality_zone = ValueField("zone de nationalité", list_code="zone_nationalite", null=True, blank=True)
    is_unaccompanied = models.BooleanField("mineur non accompagné", null=True, blank=True)
    prior_follow_up = ValueField("suivi antérieur", list_code="suivi_anterieur", null=True, blank=True)
    origin = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département d’origine",
        related_name="+",
    )
    exploitation_place = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département d’exploitation",
        related_name="+",
    )
    is_test = models.BooleanField("fiche d’essai", default=False, help_text="Ne compte dans aucun chiffre.")

    class Meta:
        abstract = True


def facts_constraints(model: str) -> list[models.CheckConstraint]:
    lists = {
        "sex": "sexe",
        "age_precision": "precision_age",
        "identification_level": "niveau_identification",
        "nationality_zone": "zone_nationalite",
        "prior_follow_up": "suivi_anterieur",
    }
    return [
        *(value_constraint(model, field, code) for field, code in lists.items()),
        models.CheckConstraint(
            condition=Q(birth_year=None) | Q(birth_year__range=(1990, 2100)),
            name=f"{model}_birth_year_plausible",
            violation_error_message="Cette année de naissance n’est pas possible.",
        ),
        models.CheckConstraint(
            condition=Q(birth_month=None) | Q(birth_year__isnull=False, birth_month__range=(1, 12)),
            name=f"{model}_birth_month_plausible",
            violation_error_message="Indiquez l’année avec le mois de naissance.",
        ),
    ]


class Case(MinorFacts):
    """One minor. The person key is what figures count; merging and anonymising keep it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    person_key = models.UUIDField("clé de personne", default=uuid.uuid4, editable=False)
    opened_on = models.DateField("ouvert le")
    closed_on = models.DateField("clos le", null=True, blank=True)
    closing_reason = ValueField("motif de clôture", list_code="motif_cloture", null=True, blank=True)
    adhesion = ValueField("adhésion du mineur", list_code="adhesion", null=True, blank=True)
    containment = ValueField("niveau de contenance requis", list_code="contenance", null=True, blank=True)
    legal_frame = ValueField("cadre juridique", list_code="cadre_juridique", null=True, blank=True)

    class Meta:
        verbose_name = "situation"
        verbose_name_plural = "situations"
        ordering = ["-opened_on", "-reference"]
        constraints = [
            *facts_constraints("case"),
            value_constraint("case", "closing_reason", "motif_cloture"),
            value_constraint("case", "adhesion", "adhesion"),
            value_constraint("case", "containment", "contenance"),
            value_constraint("case", "legal_frame", "cadre_juridique"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="case_dates_in_order",
                violation_error_message="La clôture précède l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closing_reason__isnull=False),
                name="case_closed_has_reason",
                violation_error_message="Indiquez le motif de clôture.",
            ),
        ]
        indexes = [
            # Distinct persons are counted by key in indicators 1 to 3.
            models.Index(fields=["person_key"], name="case_by_person"),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseForm(models.Model):
    """A form of exploitation of a minor; exactly one is the principal, for counting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="forms")
    form = ValueField("forme d’exploitation", list_code="forme")
    is_main = models.BooleanField("forme principale", default=False)

    class Meta:
        verbose_name = "forme d’exploitation d’une situation"
        verbose_name_plural = "formes d’exploitation d’une situation"
        constraints = [
            value_constraint("caseform", "form", "forme"),
            models.UniqueConstraint(fields=["case", "form"], name="caseform_unique"),
            models.UniqueConstraint(fields=["case"], condition=Q(is_main=True), name="caseform_one_main"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseIdentity(models.Model):
    """Identity of a minor, sealed. No name, birth date, phone or narrative exists outside the sealed tables.

    `parts` names what is filled, so that what is missing is known without opening anything.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    last_name = SealedTextField("nom", blank=True)
    first_name = SealedTextField("prénom", blank=True)
    birth_date = SealedDateField("date de naissance", null=True, blank=True)
    aliases = SealedJSONField("autres identités", default=list, blank=True)
    phone = SealedTextField("téléphone", blank=True)
    place = SealedTextField("lieu précis", blank=True)
    narrative = SealedTextField("récit", blank=True)
    parts = ArrayField(models.CharField(max_length=12), verbose_name="ce qui est su", default=list, editable=False)

    class Meta:
        verbose_name = "identité"
        verbose_name_plural = "identités"

    def __str__(self) -> str:
        return str(self.case_id)


class CaseName(models.Model):
    """Keyed hash of a name by which a minor is known, to find the case again without opening any seal.

    Seen by the coordination alone: whoever could ask would learn which child is followed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="names")
    digest = models.CharField("empreinte", max_length=64, db_index=True)

    class Meta:
        verbose_name = "empreinte de nom"
        verbose_name_plural = "empreintes de noms"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "digest"], name="casename_unique"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="casename_digest"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
