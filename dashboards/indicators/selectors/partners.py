"""Indicator 4: authorities under convention, and structures of the network. Two figures, never summed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case as Choose, Count, Exists, Expression, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import acknowledgements_holding
from cms.partners.book.models import PartnerQuerySet
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Convention, ConventionStep, Partner, Place, Suspension
from cms.territory.models import AseAuthority, AseAuthorityName
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import Dimension, breakdown, month_row, most_first, two_way
from dashboards.indicators.selectors.lexicon import UNKNOWN, Lexicon, region_of, text
from dashboards.indicators.selectors.standing import structures_by_place
from dashboards.periods import Period

Day = dt.date | Expression

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
PLACES = Dimension(
    "by_places",
    "Structures par nombre de places ouvertes",
    "choices",
    choices={
        "none": "Aucune place ouverte",
        "few": "Une ou deux places",
        "some": "De trois à cinq places",
        "many": "Six places et plus",
    },
)
CUTS = (TYPE, REGION, ZONE, HABILITATION, PLACES)
AUTHORITY_REGION = Dimension("by_authority_region", "Autorités ASE par région", "region")
AUTHORITY_ZONE = replace(ZONE, name="by_authority_zone", title="Autorités ASE en métropole et outre-mer")
AUTHORITY_CUTS = (AUTHORITY_REGION, AUTHORITY_ZONE)
CROSSED = (("by_region", "by_type"), ("by_type", "by_habilitation"), ("by_type", "by_places"))
STRUCTURE_MEASURES = {
    "managers": "count(DISTINCT nullif(manager_name, ''))",
    "open_places": "coalesce(sum(places_open), 0)",
    "with_places": "count(*) FILTER (WHERE places_open > 0)",
}


def structures(day: dt.date) -> PartnerQuerySet:
    """Return every host structure known on a day, each on its line; `counted` is the figure."""
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
    """Return every ASE authority in touch with the network on a day; `counted` when its convention is in force."""
    in_charge = AseAuthority.objects.active_on(day).filter(pk=OuterRef("ase_authority_id"))
    return (
        Partner.objects.filter(Exists(in_charge), kind=PartnerKind.ASE, is_test=False, opened_on__lte=day)
        .filter(Q(closed_on=None) | Q(closed_on__gte=day))
        .annotate(
            line=Choose(When(_has_convention(day), then=text(COUNTED)), default=text(NEGOTIATING)),
            by_authority_region=region_of("territory"),
            by_authority_zone=F("territory__zone"),
        )
    )


def signed_authorities(period: Period, lexicon: Lexicon) -> PartnerQuerySet:
    """Return the authorities under convention on the last day, by the day on which that convention began."""
    signed = Convention.objects.in_force_on(period.as_of).filter(partner_id=OuterRef("pk")).order_by("starts_on")
    return (
        authorities(period.as_of)
        .filter(line=COUNTED)
        .annotate(since=Subquery(signed.values("starts_on")[:1]))
        .order_by("ase_authority_id")
    )


def _has_convention(day: Day) -> Exists:
    return Exists(Convention.objects.in_force_on(day).filter(partner_id=OuterRef("pk")))


def _has_signed(day: dt.date) -> Exists:
    """Return whether the référentiel was signed in a version that still holds: a newer one leaves days to sign."""
    held = acknowledgements_holding(DocumentKind.REFERENTIEL, day)
    return Exists(held.filter(partner_id=OuterRef("pk")))


def _places(day: dt.date) -> Subquery:
    opened = Place.objects.lasting().on(day).filter(partner_id=OuterRef("pk")).order_by().values("partner_id")
    return Subquery(opened.annotate(n=Count("pk")).values("n"))


def population(period: Period, lexicon: Lexicon) -> PartnerQuerySet:
    """Return the structures on the last day."""
    return (
        structures(period.as_of)
        .annotate(places_open=Coalesce(_places(period.as_of), 0))
        .annotate(
            by_places=Choose(
                When(places_open=0, then=text("none")),
                When(places_open__lte=2, then=text("few")),
                When(places_open__lte=5, then=text("some")),
                default=text("many"),
            )
        )
    )


GRIDS = (
    ("region_type", "Structures, par région et type", (REGION, TYPE)),
    ("type_habilitation", "Structures, par type et habilitation", (TYPE, HABILITATION)),
    ("type_places", "Structures, par type et places ouvertes", (TYPE, PLACES)),
)


def compute(period: Period, lexicon: Lexicon) -> Result:
    last = period.as_of
    names = _names(last)
    signed = _authorities(period, lexicon, names)
    hosts = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        columns=("manager_name", "places_open"),
        measures=STRUCTURE_MEASURES,
        crossed=CROSSED,
    )
    return Result(
        definitions.PARTNERS,
        headline=(
            Figure(
                "I4.authorities",
                "Conseils départementaux et collectivités exerçant la compétence ASE",
                len(signed),
                note=f"sur {len(names)}",
                line=AUTHORITY_LINE,
            ),
            Figure("I4.structures", "Structures partenaires du réseau", hosts.count(), line=COUNTED),
        ),
        companions=_companions(hosts),
        breakdowns=(
            _monthly(period),
            *(breakdown(hosts, cut, period, lexicon) for cut in CUTS),
            _forms(last, hosts.count(), lexicon),
            *_authority_cuts(signed, lexicon),
        ),
        grids=(
            _pipeline(last),
            _signed(signed),
            *(two_way(name, title, hosts, cuts, period, lexicon) for name, title, cuts in GRIDS),
        ),
        notes=("Les deux chiffres ne s’additionnent pas.",),
    )


def _forms(day: dt.date, whole: int, lexicon: Lexicon) -> Breakdown:
    """Count structures by form that they accept: one that accepts two is in both, one that gave none is unknown."""
    rows_by_line = (
        structures(day)
        .filter(line=COUNTED)
        .annotate(form=Coalesce("profile__forms__parent_id", "profile__forms__id"))
        .order_by()
        .values_list("form")
        .annotate(n=Count("pk", distinct=True))
    )
    counts = dict(rows_by_line)
    unknown = counts.pop(None, 0)
    rows = [Row(key, lexicon.labels[key], n) for key, n in counts.items()]
    shown = most_first(rows)
    if unknown:
        shown = (*shown, Row("", UNKNOWN, unknown))
    title = "Structures par forme acceptée (une structure peut en accepter plusieurs)"
    return Breakdown("by_accepted_form", title, shown, unknown, line="", whole=whole)


def _monthly(period: Period) -> Breakdown:
    counts = {day: places.total() for day, places in structures_by_place(period.state_days).items()}
    return state_by_month("Structures, au dernier jour du mois", counts, period)


def state_by_month(title: str, counts: dict, period: Period) -> Breakdown:
    rows = [month_row(day.replace(day=1), counts.get(day, 0), period) for day in period.state_days]
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


@dataclass(frozen=True)
class SignedAuthority:
    """An authority under convention, under the name that was its own on the day of the figure."""

    name: str
    places: tuple[str, ...]
    since: dt.date
    region: str | None
    zone: str | None


def _names(day: dt.date) -> dict[str, list[AseAuthorityName]]:
    """Return the names of every authority in charge on a day, by its key."""
    names: dict[str, list[AseAuthorityName]] = {}
    for row in AseAuthorityName.objects.filter(authority__in=AseAuthority.objects.active_on(day)):
        names.setdefault(row.authority_id, []).append(row)
    return names


def _authorities(period: Period, lexicon: Lexicon, names: dict[str, list[AseAuthorityName]]) -> list[SignedAuthority]:
    covered = ArrayAgg("ase_authority__coverages__territory_id", order_by="ase_authority__coverages__territory_id")
    signed = signed_authorities(period, lexicon).annotate(covered=covered).select_related("ase_authority")
    partners: list[Any] = list(signed)
    for row in partners:
        # Where Django keeps what `prefetch_related` read.
        vars(row.ase_authority)["_prefetched_objects_cache"] = {"names": names[row.ase_authority_id]}
    return [
        SignedAuthority(
            row.ase_authority.name_on(period.as_of),
            tuple(row.covered),
            row.since,
            row.by_authority_region,
            row.by_authority_zone,
        )
        for row in partners
    ]


def _authority_cuts(signed: list[SignedAuthority], lexicon: Lexicon) -> tuple[Breakdown, ...]:
    return (
        _authorities_by(AUTHORITY_REGION, Counter(row.region for row in signed), lexicon.regions),
        _authorities_by(AUTHORITY_ZONE, Counter(row.zone for row in signed), AUTHORITY_ZONE.choices or {}),
    )


def _authorities_by(cut: Dimension, counts: Counter, labels: Mapping[str, str]) -> Breakdown:
    unknown = counts.pop(None, 0)
    rows = [Row(key, label, counts[key]) for key, label in labels.items() if key in counts]
    if unknown:
        rows.append(Row("", UNKNOWN, unknown))
    return Breakdown(cut.name, cut.title, tuple(rows), unknown, AUTHORITY_LINE)


def _signed(signed: list[SignedAuthority]) -> Grid:
    rows = [(authority.name, ", ".join(authority.places), f"{authority.since:%d/%m/%Y}") for authority in signed]
    note = "Chaque autorité porte son nom du dernier jour de la période."
    headers = ("Autorité", "Départements", "Convention depuis le")
    return Grid("signed", "Autorités sous convention", headers, tuple(rows), note=note)


def _pipeline(day: dt.date) -> Grid:
    """Return the stage of each convention on the day; one past its end is « échue » even if nobody wrote it."""
    step = ConventionStep.objects.filter(convention_id=OuterRef("pk"), happened_on__lte=day)
    stages = (
        Convention.objects.filter(partner__is_test=False)
        .annotate(step=Subquery(step.order_by("-happened_on", "-recorded_at", "-pk").values("stage")[:1]))
        .annotate(
            line=Choose(
                When(step=Stage.SIGNED, ends_on__lt=day, then=text(Stage.ENDED)),
                default=F("step"),
            ),
            by_kind=F("partner__kind"),
        )
        .filter(step__isnull=False)
    )
    counts = cube(stages, ["by_kind"])
    rows = tuple(
        (
            stage.label.capitalize(),
            counts.by("by_kind", stage.value).get(PartnerKind.ASE, 0),
            counts.by("by_kind", stage.value).get(PartnerKind.STRUCTURE, 0),
        )
        for stage in Stage
    )
    return Grid("pipeline", "Conventions, par étape", ("Étape", "Autorités ASE", "Structures"), rows)
