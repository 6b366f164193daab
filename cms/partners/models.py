"""Partners of the network: who they are, who belongs to them, what binds them, how many places they hold.

The public code name stands apart from the real name and the secret address of a structure (`PartnerIdentity`).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from cms.partners.conventions.pipeline.models import ConventionFollowUp  # noqa: F401
from cms.partners.enums import PartnerKind, Stage
from cms.users.roles import MEMBERSHIP_ROLES, Role
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class DateRange(Func):
    """Civil days from `starts_on` to `ends_on`, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def days(start: str, end: str) -> DateRange:
    return DateRange(F(start), F(end), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def in_order(name: str, start: str, end: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{end: None}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message="La date de fin précède la date de début.",
    )


class DatesInOrder(models.Model):
    """Says that dates are reversed before PostgreSQL is asked to build their range, which would be an error."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "La date de fin précède la date de début."})


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` to `ends_on`, both days included."""

    def on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class PartnerQuerySet(models.QuerySet):
    def structures(self):
        return self.filter(kind=PartnerKind.STRUCTURE)

    def with_convention_on(self, day):
        return self.filter(models.Exists(Convention.objects.in_force_on(day).filter(partner_id=models.OuterRef("pk"))))

    def not_suspended_on(self, day):
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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
        return str(self.partner)


class Place(DatesInOrder):
    """One place of a structure: capacity is the number of these rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, verbose_name="structure", related_name="places")
    label = models.CharField("repère", max_length=40)
    starts_on = models.DateField("ouverte du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places"
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "label"], name="place_label_unique"),
            in_order("place_dates_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self):
        return self.label


class MembershipQuerySet(DatedQuerySet):
    def on(self, day):
        """Held on that day, and not revoked on it nor before: a departure closes everything at once."""
        return super().on(day).filter(Q(revoked_at=None) | Q(revoked_at__date__gt=day))


class Membership(DatesInOrder):
    """A person belongs to a partner, with a role, from a day to a day. At the end date every right ends; at
    `revoked_at`, at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="personne", related_name="memberships"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, verbose_name="partenaire", related_name="memberships"
    )
    role = models.CharField(
        "rôle", max_length=30, choices=[(role.value, role.label) for role in Role if role in MEMBERSHIP_ROLES]
    )
    can_sign = models.BooleanField("signe au nom du partenaire", default=False)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        ordering = ["-starts_on"]
        constraints = [
            in_order("membership_dates_in_order", "starts_on", "ends_on"),
            # The scope believes this column: a role of the whole network written here would open every file.
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in MEMBERSHIP_ROLES)),
                name="membership_role_of_partner",
                violation_error_message="Ce rôle ne se donne pas par un rattachement.",
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),  # revoked by mistake this morning, invited again this afternoon
                violation_error_message="Cette personne a déjà ce rôle dans ce partenaire à ces dates.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} ({self.partner_id})"


class ConventionQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """Signed, begun, neither past its end nor denounced on that day."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(denounced_on=None) | Q(denounced_on__gt=day),
            signed_on__lte=day,
            starts_on__lte=day,
        )


class Convention(DatesInOrder):
    """What binds a partner to the network. Only a signed one, begun and not ended, counts (indicators 4 and 5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, verbose_name="partenaire", related_name="conventions"
    )
    reference = models.CharField("référence", max_length=40, unique=True)
    stage = models.CharField("étape", max_length=12, choices=Stage.choices, default=Stage.CONTACT)
    signed_on = models.DateField("signée le", null=True, blank=True)
    starts_on = models.DateField("prend effet le", null=True, blank=True)
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    denounced_on = models.DateField("dénoncée le", null=True, blank=True)

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-starts_on", "reference"]
        constraints = [
            in_order("convention_dates_in_order", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SIGNED) | Q(signed_on__isnull=False, starts_on__isnull=False),
                name="convention_signed_has_dates",
                violation_error_message="Une convention signée a une date de signature et une date d’effet.",
            ),
            models.CheckConstraint(
                condition=Q(denounced_on=None) | Q(signed_on__isnull=False, denounced_on__gte=F("signed_on")),
                name="convention_denounced_after_signed",
                violation_error_message="La dénonciation suit la signature.",
            ),
            ExclusionConstraint(
                name="convention_no_overlap",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(stage=Stage.SIGNED, starts_on__isnull=False),
                violation_error_message="Une autre convention signée couvre déjà une partie de ces dates.",
            ),
        ]

    def __str__(self):
        return self.reference


class ConventionStep(models.Model):
    """One change of stage of a convention, with its day and its author."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, verbose_name="convention", related_name="steps"
    )
    stage = models.CharField("étape", max_length=12, choices=Stage.choices)
    happened_on = models.DateField("le")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="saisi par", related_name="+"
    )
    recorded_at = models.DateTimeField("saisi le", auto_now_add=True)

    class Meta:
        verbose_name = "étape de convention"
        verbose_name_plural = "étapes de convention"
        ordering = ["happened_on", "recorded_at"]

    def __str__(self):
        return self.get_stage_display()


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

    def __str__(self):
        return f"Suspension du {self.starts_on:%d/%m/%Y}"


class Contact(models.Model):
    """A professional to call in a partner; no account is needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, verbose_name="partenaire", related_name="contacts")
    name = models.CharField("nom", max_length=120)
    position = models.CharField("fonction", max_length=120, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", blank=True)

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        ordering = ["name"]

    def __str__(self):
        return self.name
