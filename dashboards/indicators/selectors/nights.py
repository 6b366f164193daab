"""Nights slept and nights of open places: occupancy, cost and the rate of incidents rest on them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Expression, F, QuerySet
from django.db.models.functions import Greatest, Least

from cases.models import Absence, Placement
from cases.stays.models import PlacementQuerySet
from cms.partners.enums import PartnerKind
from cms.partners.models import Convention, Place
from dashboards.indicators.rules.formats import french_number
from dashboards.indicators.rules.results import Figure, Grid, share, share_figure
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon, month_words
from dashboards.periods import Period

ONE_DAY = dt.timedelta(days=1)
BACK = Least("ends_on", "placement__ended_on")

# A place is open to the network while its structure is under a convention, however many follow or overlap. A night
# away takes back what the stay counted for it. A price holds up to the last day of the agreement, included. An
# authority bears the name of the day of the figures, as `AseAuthority.name_on` says it.
COUNTED = """
SELECT kind, month, type, payer_kind, CASE WHEN payer IS NULL THEN NULL ELSE (
    SELECT n.name FROM territory_aseauthorityname n
    CROSS JOIN LATERAL (SELECT coalesce(n.valid_from, '-infinity') AS since) v
    WHERE n.authority_id = payer
    ORDER BY since <= %s DESC, CASE WHEN since <= %s THEN since END DESC, since LIMIT 1) END, nights, priced, cents
FROM (
  SELECT kind, m.first AS month, type, payer_kind, payer, sum(sign * n.nights) AS nights,
    sum(sign * n.priced) AS priced, sum(sign * n.priced * cents) AS cents
  FROM (
    SELECT 'slept', 1, * FROM ({stays}) r
    UNION ALL SELECT 'slept', -1, * FROM ({away}) r
    UNION ALL SELECT 'open', 1, type, NULL, NULL, NULL, NULL, lower(span), upper(span) FROM ({places}) p(
      partner, type, since, until)
      JOIN (SELECT partner, range_agg(daterange(since, least(until + 1, denounced))) AS days
        FROM ({signed}) c(partner, since, until, denounced)
        WHERE since < coalesce(least(until + 1, denounced), 'infinity'::date) GROUP BY partner) b USING (partner)
      CROSS JOIN LATERAL unnest(b.days * datemultirange(daterange(p.since, p.until, '[]'))) span
  ) s(kind, sign, type, payer_kind, payer, cents, ends_on, since, until)
  JOIN (VALUES {months}) m(first, after)
    ON greatest(since, m.first) < least(coalesce(until, m.after), m.after)
  CROSS JOIN LATERAL (SELECT least(coalesce(until, m.after), m.after) - greatest(since, m.first) AS nights,
    CASE WHEN cents IS NULL THEN 0 ELSE greatest(0, least(coalesce(until, m.after), m.after, ends_on + 1)
      - greatest(since, m.first)) END AS priced) n
  GROUP BY kind, m.first, type, payer_kind, payer
) g"""
TERMS = ("payer_kind_id", "payer_id", "daily_price_cents", "finance_ends_on")


@dataclass(frozen=True)
class NightsOfMonth:
    """Nights of one month and type of structure; those slept, by who pays for them too: how many have a price, and
    what these cost in cents. An authority is `payer`, by its name.
    """

    month: dt.date
    type: str | None
    payer_kind: str | None
    payer: str | None
    nights: int
    priced: int
    cents: int


@dataclass(frozen=True)
class Nights:
    """Nights `slept` by minors, and those of `opened` places."""

    slept: Sequence[NightsOfMonth]
    opened: Sequence[NightsOfMonth]

    @property
    def total(self) -> int:
        return sum(row.nights for row in self.slept)

    @property
    def places(self) -> int:
        return sum(row.nights for row in self.opened)

    def by_month(self) -> tuple[Counter, Counter]:
        """Return, by month, the nights of places and the nights slept."""
        return _summed(self.opened, "month"), _summed(self.slept, "month")

    def by_type(self) -> tuple[Counter, Counter]:
        """Return, by type of structure, the nights of places and the nights slept."""
        return _summed(self.opened, "type"), _summed(self.slept, "type")


def _summed(rows: Iterable[NightsOfMonth], name: str) -> Counter:
    sums: Counter = Counter()
    for row in rows:
        sums[getattr(row, name)] += row.nights
    return sums


def nights_counted(period: Period) -> Nights:
    """Count the nights of minors in the network, without nights away, with their prices, and those of the places open
    to it: a few thousand sums, however many stays there are.
    """
    months = [(first, last + ONE_DAY) for first, last in map(period.part_of, period.months)]
    if not months:
        return Nights((), ())
    counted = counted_stays()
    parts = {
        "stays": _spans(_within(counted, months[0][0], months[-1][1]), "", F("arrived_on"), F("ended_on")),
        "away": _spans(away(counted), "placement__", F("starts_on"), BACK),
        "places": _places(),
        "signed": _signed(),
    }
    read = {name: rows.query.sql_with_params() for name, rows in parts.items()}
    # Names are written here; what comes from the reader is in the parameters.
    statement = COUNTED.format(
        months=", ".join(["(%s::date, %s::date)"] * len(months)), **{name: sql for name, (sql, _) in read.items()}
    )
    params = [value for _, values in read.values() for value in values]
    found: dict[str, list[NightsOfMonth]] = {"slept": [], "open": []}
    with connection.cursor() as cursor:
        cursor.execute(statement, [period.as_of, period.as_of, *params, *(day for month in months for day in month)])
        for kind, first, structure, payer_kind, payer, *sums in cursor.fetchall():
            nights, priced, cents = (int(n or 0) for n in sums)
            month = first.replace(day=1)
            found[kind].append(NightsOfMonth(month, structure, payer_kind, payer, nights, priced, cents))
    return Nights(found["slept"], found["open"])


def _spans(rows: QuerySet, path: str, since: Expression | F, until: Expression | F) -> QuerySet:
    """Return the type of structure of each row, the terms of its linking, and its days."""
    terms = (f"{path}linking__{name}" for name in TERMS)
    return rows.order_by().values_list(f"{path}partner__structure_type_id", *terms, since, until)


def counted_stays() -> PlacementQuerySet[Placement]:
    """Return the stays whose nights count: confirmed, of minors, under a convention."""
    return Placement.objects.real().confirmed().in_network().of_minors()


def away(counted: PlacementQuerySet[Placement]) -> QuerySet[Absence]:
    """Return the absences of stays, whose nights are not slept until the return or the end of the stay (`BACK`)."""
    return Absence.objects.filter(placement__in=counted.order_by()).order_by()


def _within(stays: PlacementQuerySet[Placement], first: dt.date, end: dt.date) -> PlacementQuerySet[Placement]:
    return stays.filter(arrived_on__lt=end).exclude(ended_on__lte=first)


def _places() -> QuerySet:
    return (
        Place.objects.lasting()
        .filter(partner__is_test=False, partner__kind=PartnerKind.STRUCTURE)
        .order_by()
        .values_list("partner_id", "partner__structure_type_id", "starts_on", "ends_on")
    )


def _signed() -> QuerySet:
    """Return the days of each convention: signed and begun, then neither past its end nor denounced."""
    return (
        Convention.objects.filter(signed_on__isnull=False, starts_on__isnull=False)
        .order_by()
        .annotate(since=Greatest("signed_on", "starts_on"))
        .values_list("partner_id", "since", "ends_on", "denounced_on")
    )


def occupancy(nights: Nights, eve: int) -> tuple[Figure, Figure]:
    """Return nights and occupancy; `eve` is how many were there before the first one."""
    return (
        Figure("I3.nights", "Nuitées", nights.total, part=eve),
        share_figure(
            "I3.occupancy",
            "Occupation des places ouvertes au réseau",
            nights.total,
            nights.places,
            note=f"sur {french_number(nights.places)} nuits de places",
        ),
    )


OCCUPANCY_HEADERS = ("Nuits de places ouvertes", "Nuitées", "Occupation")
OCCUPANCY_KINDS = ("text", "number", "number", "percent")


def occupancy_tables(nights: Nights, cut: Dimension, period: Period, lexicon: Lexicon) -> tuple[Grid, Grid]:
    """Return occupancy month by month, and by type of structure; in totals, so that no structure is told apart."""
    opened, slept = nights.by_month()
    months = tuple(
        (month_words(month, period), opened[month], slept[month], share(slept[month], opened[month]))
        for month in period.months
    )
    opened, slept = nights.by_type()
    types = sorted(
        opened.keys() | slept.keys(), key=lambda kind: (-slept[kind], -opened[kind], cut.label(kind, lexicon))
    )
    rows = tuple(
        (cut.label(kind, lexicon), opened[kind], slept[kind], share(slept[kind], opened[kind])) for kind in types
    )
    return (
        Grid(
            "occupancy_month",
            "Occupation des places, mois par mois",
            ("Mois", *OCCUPANCY_HEADERS),
            months,
            kinds=OCCUPANCY_KINDS,
        ),
        Grid(
            "occupancy_type",
            "Occupation des places, par type de structure",
            ("Type de structure", *OCCUPANCY_HEADERS),
            rows,
            note="Une place supplémentaire porte des nuitées sans être une place ouverte : l’occupation peut "
            "dépasser 100 %.",
            kinds=OCCUPANCY_KINDS,
        ),
    )
