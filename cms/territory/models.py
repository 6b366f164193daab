from datetime import date

from django.db import models
from django.db.models import Expression, F, Q
from django.utils import timezone

from cms.territory.enums import AseKind, Portion, Zone


class Region(models.Model):
    """One of the 18 régions. Its code is not a département's: région 75 is Nouvelle-Aquitaine."""

    code = models.CharField("code", max_length=2, primary_key=True)
    name = models.CharField("nom", max_length=80, unique=True)
    zone = models.CharField("zone", max_length=5, choices=Zone.choices)

    class Meta:
        verbose_name = "région"
        verbose_name_plural = "régions"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def departements(self) -> "TerritoryQuerySet":
        """Return the 101 départements, overseas included: the denominator of national coverage."""
        return self.filter(zone__in=[Zone.METRO, Zone.DROM])

    def overseas(self) -> "TerritoryQuerySet":
        """Return the 5 overseas départements, all among the 101."""
        return self.filter(zone=Zone.DROM)

    def collectivites(self) -> "TerritoryQuerySet":
        """Return the 6 inhabited overseas collectivities, outside the 101 and always shown apart."""
        return self.filter(zone=Zone.COM)


class Territory(models.Model):
    """A département or an inhabited overseas collectivity of the code officiel géographique (INSEE)."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80, unique=True)
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        related_name="territories",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    zone = models.CharField("zone", max_length=5, choices=Zone.choices)
    lat = models.FloatField("latitude")
    lon = models.FloatField("longitude")
    neighbours = models.ManyToManyField("self", verbose_name="territoires voisins", symmetrical=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="territory_region_unless_com",
                condition=Q(zone=Zone.COM, region__isnull=True) | (~Q(zone=Zone.COM) & Q(region__isnull=False)),
                violation_error_message="Un département appartient à une région ; une collectivité à aucune.",
            ),
            models.CheckConstraint(
                name="territory_point_on_earth",
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                violation_error_message="La latitude ou la longitude sort des limites du globe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class AseAuthorityQuerySet(models.QuerySet["AseAuthority"]):
    def active_on(self, day: date | Expression) -> "AseAuthorityQuerySet":
        """Return the authorities that exercise the competence on a day, bounds included."""
        return self.filter(
            Q(active_from__isnull=True) | Q(active_from__lte=day),
            Q(active_to__isnull=True) | Q(active_to__gte=day),
        )

    def covering(self, territory_code: str) -> "AseAuthorityQuerySet":
        """Return the authorities of a département, in whole or in part: two in the Rhône, one elsewhere."""
        return self.filter(coverages__territory=territory_code)

    def in_zone(self, zone: Zone) -> "AseAuthorityQuerySet":
        return self.filter(territories__zone=zone).distinct()


class AseAuthority(models.Model):
    """An authority in charge of the aide sociale à l’enfance (ASE): 100 of them for 101 départements.

    The code is the département’s, but for four: 67A (Alsace), 20R (Corse), 69D (Rhône), 69M (métropole de Lyon).
    """

    code = models.CharField("code", max_length=3, primary_key=True)
    kind = models.CharField("nature", max_length=25, choices=AseKind.choices)
    active_from = models.DateField("compétente depuis le", null=True, blank=True)
    active_to = models.DateField("compétente jusqu’au", null=True, blank=True)
    territories = models.ManyToManyField(
        Territory, through="AseCoverage", verbose_name="territoires", related_name="ase_authorities"
    )

    objects = AseAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "autorité chargée de l’ASE"
        verbose_name_plural = "autorités chargées de l’ASE"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="ase_authority_dates_in_order",
                condition=Q(active_to__isnull=True) | Q(active_from__isnull=True) | Q(active_to__gte=F("active_from")),
                violation_error_message="La fin de compétence ne peut pas précéder son début.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """Official name of today."""
        return self.name_on(timezone.localdate())

    def name_on(self, day: date) -> str:
        """Official name on a day: a report shows the name of its date, not today’s.

        Reads the related names in memory, so that a list with prefetch_related("names") costs one query.
        Before the first known name or after the last, the nearest one in time is given.
        """
        names = sorted(self.names.all(), key=lambda line: line.valid_from or date.min)
        started = [line for line in names if line.valid_from is None or line.valid_from <= day]
        line = (started or names)[-1 if started else 0]
        return line.name


class AseCoverage(models.Model):
    """Which département an authority covers, in whole or in part."""

    authority = models.ForeignKey(
        AseAuthority, verbose_name="autorité", related_name="coverages", on_delete=models.CASCADE
    )
    territory = models.ForeignKey(
        Territory, verbose_name="territoire", related_name="coverages", on_delete=models.PROTECT
    )
    portion = models.CharField("portion", max_length=7, choices=Portion.choices, default=Portion.ENTIER)

    class Meta:
        verbose_name = "territoire d’une autorité"
        verbose_name_plural = "territoires des autorités"
        ordering = ["territory_id", "authority_id"]
        constraints = [
            models.UniqueConstraint(
                name="ase_coverage_once",
                fields=["authority", "territory"],
                violation_error_message="Cette autorité couvre déjà ce territoire.",
            ),
            models.UniqueConstraint(
                name="ase_coverage_one_whole",
                fields=["territory"],
                condition=Q(portion=Portion.ENTIER),
                violation_error_message="Ce territoire relève déjà en entier d’une autre autorité.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} – {self.territory_id}"


class AseAuthorityName(models.Model):
    """A name that an authority bears between two days, both included; an empty bound is open."""

    authority = models.ForeignKey(
        AseAuthority, verbose_name="autorité", related_name="names", on_delete=models.CASCADE
    )
    name = models.CharField("nom", max_length=120, unique=True)
    valid_from = models.DateField("porté depuis le", null=True, blank=True)
    valid_to = models.DateField("porté jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "nom d’une autorité"
        verbose_name_plural = "noms des autorités"
        ordering = ["authority_id", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="ase_name_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="La fin de validité ne peut pas précéder son début.",
            ),
            models.UniqueConstraint(
                name="ase_name_one_open_start",
                fields=["authority"],
                condition=Q(valid_from__isnull=True),
                violation_error_message="Cette autorité a déjà un premier nom sans date de début.",
            ),
            models.UniqueConstraint(
                name="ase_name_one_open_end",
                fields=["authority"],
                condition=Q(valid_to__isnull=True),
                violation_error_message="Cette autorité a déjà un nom en cours : fermez-le d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
