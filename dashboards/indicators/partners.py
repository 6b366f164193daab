"""Indicator 4: authorities under convention, and structures of the network. Two figures, never summed."""

import datetime as dt
from dataclasses import replace

from django.db.models import Case as Choose, Count, Exists, Expression, F, OuterRef, Q, Subquery, When
from django.db.models.expressions import RawSQL

from cms.documents.models import DocumentKind
from cms.documents.selectors import acknowledgements_holding
from cms.documents.settings import DELAY_DAYS
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Convention, ConventionStep, Partner, PartnerQuerySet, Place, Suspension
from cms.territory.models import AseAuthority
from cms.values.settings import setting_value
from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, DAY, Cube, cube, day_column
from dashboards.indicators.lexicon import Lexicon, month_label, region_of, text
from dashboards.indicators.results import Breakdown, Dimension, Figure, Grid, Result, Row, breakdown, key_text
from dashboards.periods import Period

Day = dt.date | Expression

AUTHORITIES = 100
AUTHORITY_LINE = "authorities"
CLOSED, SUSPENDED, NO_CONVENTION, NOT_SIGNED, NEGOTIATING = "closed", "suspended", "none", "unsigned", "negotiating"
TYPE = Dimension("by_type", "Structures par type")
REGION = Dimension("by_region", "Structures par région", "region")
ZONE = Dimension(
    "by_zone",
    "Structures en métropole et outre-mer",
    "choices",
    choices={"metro": "Métropole", "drom": "Départements d’outre-mer", "com": "Collectivités d’outre-mer"},
)
HABILITATION = Dimension("by_habilitation", "Structures par habilitation")
CUTS = (TYPE, REGION, ZONE, HABILITATION)
AUTHORITY_REGION = Dimension("by_authority_region", "Autorités ASE par région", "region")
STRUCTURE_MEASURES = {
    "managers": "count(DISTINCT nullif(manager_name, ''))",
    "open_places": "coalesce(sum(places_open), 0)",
    "with_places": "count(*) FILTER (WHERE places_open > 0)",
}


def structures(day: Day) -> PartnerQuerySet:
    """Every host structure known on a day, each on its line; `counted` is the figure."""
    return (
        Partner.objects.structures()
        .filter(is_test=False, opened_on__lte=day)
        .annotate(
            line=Choose(
                When(closed_on__lt=day, then=text(CLOSED)),
                When(Exists(Suspension.objects.on(day).filter(partner_id=OuterRef("pk"))), then=text(SUSPENDED)),
                When(~_has_convention(day), then=text(NO_CONVENTION)),
                When(~_has_signed(day), then=text(NOT_SIGNED)),
                default=text(COUNTED),
            ),
            by_type=F("structure_type_id"),
            by_region=region_of("territory"),
            by_zone=F("territory__zone"),
            by_habilitation=F("profile__habilitation_id"),
        )
    )


def authorities(day: Day) -> PartnerQuerySet:
    """Every ASE authority in touch with the network on a day; `counted` when its convention is in force."""
    in_charge = AseAuthority.objects.active_on(day).filter(pk=OuterRef("ase_authority_id"))
    return (
        Partner.objects.filter(Exists(in_charge), kind=PartnerKind.ASE, is_test=False, opened_on__lte=day)
        .filter(Q(closed_on=None) | Q(closed_on__gte=day))
        .annotate(
            line=Choose(When(_has_convention(day), then=text(COUNTED)), default=text(NEGOTIATING)),
            by_authority_region=region_of("territory"),
        )
    )


def signed_authorities(period: Period, lexicon: Lexicon) -> PartnerQuerySet:
    """Authorities under convention on the last day, by the day on which that convention began."""
    signed = Convention.objects.in_force_on(period.as_of).filter(partner_id=OuterRef("pk")).order_by("starts_on")
    return (
        authorities(period.as_of)
        .filter(line=COUNTED)
        .annotate(since=Subquery(signed.values("starts_on")[:1]))
        .order_by("ase_authority_id")
    )


def _has_convention(day: Day) -> Exists:
    return Exists(Convention.objects.in_force_on(day).filter(partner_id=OuterRef("pk")))


def _has_signed(day: Day) -> Exists:
    """The référentiel was signed in a version that still holds: a newer one is tolerated for some days."""
    due_before = _days_before(day, setting_value(DELAY_DAYS))
    held = acknowledgements_holding(DocumentKind.REFERENTIEL, day, due_before)
    return Exists(held.filter(partner_id=OuterRef("pk")))


def _days_before(day: Day, count: int) -> Day:
    if isinstance(day, dt.date):
        return day - dt.timedelta(days=count)
    return RawSQL(f"({DAY} - %s)", [count])  # noqa: S611 (a name written here)


def _places(day: Day) -> Subquery:
    opened = Place.objects.on(day).filter(partner_id=OuterRef("pk")).order_by().values("partner_id")
    return Subquery(opened.annotate(n=Count("pk")).values("n"))


def population(period: Period, lexicon: Lexicon) -> PartnerQuerySet:
    """Structures on the last day."""
    return structures(period.as_of)


def compute(period: Period, lexicon: Lexicon) -> Result:
    last = period.as_of
    signed = cube(authorities(day_column()), [AUTHORITY_REGION.name], days=period.state_days)
    hosts = cube(
        structures(day_column()).annotate(places_open=_places(day_column())),
        [cut.name for cut in CUTS],
        columns=("manager_name", "places_open"),
        measures=STRUCTURE_MEASURES,
        days=period.state_days,
    )
    today = on_day(hosts, last)
    return Result(
        definitions.PARTNERS,
        headline=(
            Figure(
                "I4.authorities",
                "Conseils départementaux et collectivités exerçant la compétence ASE",
                on_day(signed, last).count(),
                note=f"sur {AUTHORITIES}",
                line=AUTHORITY_LINE,
            ),
            Figure("I4.structures", "Structures partenaires du réseau", today.count(), line=COUNTED),
        ),
        companions=_companions(today),
        breakdowns=(
            _monthly(hosts, period),
            *(breakdown(today, cut, period, lexicon) for cut in CUTS),
            replace(breakdown(on_day(signed, last), AUTHORITY_REGION, period, lexicon), line=AUTHORITY_LINE),
        ),
        grids=(_pipeline(last), _signed(period, lexicon)),
        notes=("Les deux chiffres ne s’additionnent pas.",),
    )


def on_day(found: Cube, day: dt.date) -> Cube:
    """The cells of one day of a cube of states."""
    cells = {
        names[:-1]: {key[:-1]: measures for key, measures in group.items() if key[-1] == day}
        for names, group in found.cells.items()
    }
    return Cube(cells)


def _monthly(found: Cube, period: Period) -> Breakdown:
    counts = {key[1]: measures["n"] for key, measures in found.cells[("line", "by_day")].items() if key[0] == COUNTED}
    return state_by_month("Structures, au dernier jour du mois", counts, period)


def state_by_month(title: str, counts: dict, period: Period) -> Breakdown:
    rows = [Row(key_text(day.replace(day=1)), month_label(day), counts.get(day, 0)) for day in period.state_days]
    return Breakdown("by_month", title, tuple(rows), line="", is_state=True)


def _companions(today: Cube) -> tuple[Figure, ...]:
    counted = today.measures()
    return (
        Figure("I4.managers", "Organismes gestionnaires de ces structures", counted.get("managers", 0)),
        Figure("I4.with_places", "Structures avec au moins une place ouverte", counted.get("with_places", 0)),
        Figure("I4.places", "Places ouvertes au réseau", int(counted.get("open_places", 0))),
        Figure("I4.suspended", "Structures suspendues (à part)", today.count(SUSPENDED), line=SUSPENDED),
        Figure(
            "I4.unsigned", "Sous convention, référentiel à signer (à part)", today.count(NOT_SIGNED), line=NOT_SIGNED
        ),
        Figure("I4.none", "Sans convention en vigueur (à part)", today.count(NO_CONVENTION), line=NO_CONVENTION),
        Figure("I4.closed", "Sorties du carnet (à part)", today.count(CLOSED), line=CLOSED),
    )


def _signed(period: Period, lexicon: Lexicon) -> Grid:
    """Authorities under convention, under the name that was theirs on the day of the figure."""
    rows = []
    for partner in (
        signed_authorities(period, lexicon)
        .select_related("ase_authority")
        .prefetch_related("ase_authority__names", "ase_authority__coverages")
    ):
        covered = sorted(row.territory_id for row in partner.ase_authority.coverages.all())
        since = f"{partner.since:%d/%m/%Y}"
        rows.append((partner.ase_authority.name_on(period.as_of), ", ".join(covered), since))
    note = "Chaque autorité porte son nom du dernier jour de la période."
    headers = ("Autorité", "Départements", "Convention depuis le")
    return Grid("signed", "Autorités sous convention", headers, tuple(rows), note=note)


def _pipeline(day: dt.date) -> Grid:
    """Where each convention stands on the day; one that ran past its end is « échue » even if nobody said so."""
    step = ConventionStep.objects.filter(convention_id=OuterRef("pk"), happened_on__lte=day)
    stages = (
        Convention.objects.filter(partner__is_test=False)
        .annotate(step=Subquery(step.order_by("-happened_on", "-recorded_at").values("stage")[:1]))
        .annotate(
            line=Choose(
                When(step=Stage.SIGNED, ends_on__lt=day, then=text(Stage.ENDED)),
                default=F("step"),
            ),
            by_kind=F("partner__kind"),
        )
        .filter(step__isnull=False)
    )
    found = cube(stages, ["by_kind"])
    rows = tuple(
        (
            stage.label.capitalize(),
            found.by("by_kind", stage.value).get(PartnerKind.ASE, 0),
            found.by("by_kind", stage.value).get(PartnerKind.STRUCTURE, 0),
        )
        for stage in Stage
    )
    return Grid("pipeline", "Conventions, par étape", ("Étape", "Autorités ASE", "Structures"), rows)
