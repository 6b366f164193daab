"""Nights slept and nights of open places, day by day: occupancy, and the rate of incidents, rest on them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
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

# Each night is worth what came before it less what went: a few thousand sums, however many stays there are.
MOVES = """
SELECT kind, type, day, sum(sign * step)
FROM ({spans}) s(kind, type, sign, since, until)
CROSS JOIN LATERAL (VALUES (greatest(since, %s), 1), (least(coalesce(until, %s), %s), -1)) m(day, step)
WHERE greatest(since, %s) < least(coalesce(until, %s), %s)
GROUP BY kind, type, day"""
STAYS = "SELECT 'slept', type, 1, since, until FROM ({rows}) r(type, since, until)"
AWAY = "SELECT 'slept', type, -1, since, until FROM ({rows}) r(type, since, until)"
# A place is open to the network while its structure is under a convention, however many follow or overlap.
OPEN = """
SELECT 'open', type, 1, lower(span), upper(span)
FROM ({places}) p(partner, type, since, until)
JOIN (SELECT partner, range_agg(daterange(since, least(until + 1, denounced))) AS days
  FROM ({signed}) c(partner, since, until, denounced)
  WHERE since < coalesce(least(until + 1, denounced), 'infinity'::date) GROUP BY partner) b USING (partner)
CROSS JOIN LATERAL unnest(b.days * datemultirange(daterange(p.since, p.until, '[]'))) span"""


@dataclass(frozen=True)
class Nights:
    """How many more, or fewer, from a day on, by type of structure: `slept` by minors, `opened` as places."""

    slept: Sequence[tuple[str | None, dt.date, int]]
    opened: Sequence[tuple[str | None, dt.date, int]]
    first: dt.date
    end: dt.date
    """The day after the last night."""

    @property
    def total(self) -> int:
        return nights_in(self.slept, self.first, self.end)

    @property
    def places(self) -> int:
        return nights_in(self.opened, self.first, self.end)

    def months(self, period: Period) -> list[tuple[dt.date, int, int]]:
        """Return, for each month, the nights of places and the nights slept."""
        spans = [(month, *period.part_of(month)) for month in period.months]
        return [
            (month, nights_in(self.opened, first, last + ONE_DAY), nights_in(self.slept, first, last + ONE_DAY))
            for month, first, last in spans
        ]

    def types(self) -> dict[str | None, tuple[int, int]]:
        """Return, for each type of structure, the nights of places and the nights slept."""
        kinds = {kind for kind, _, _ in (*self.slept, *self.opened)}
        return {
            kind: (
                nights_in(_of(self.opened, kind), self.first, self.end),
                nights_in(_of(self.slept, kind), self.first, self.end),
            )
            for kind in kinds
        }


def _of(moves: Iterable[tuple], kind: str | None) -> list[tuple]:
    return [move for move in moves if move[0] == kind]


def nights_in(moves: Iterable[tuple[str | None, dt.date, int]], first: dt.date, end: dt.date) -> int:
    """Return the nights from a first day to the day before another."""
    return sum(n * max(0, (end - max(day, first)).days) for _, day, n in moves)


def nights_counted(period: Period) -> Nights:
    """Count the nights of minors in the network, without nights away, and those of the places open to it."""
    first, end = period.first, period.as_of + ONE_DAY
    counted = counted_stays()
    stays = _within(counted, first, end).values_list("partner__structure_type_id", "arrived_on", "ended_on")
    parts: list[tuple[str, dict[str, QuerySet]]] = [
        (STAYS, {"rows": stays.order_by()}),
        (AWAY, {"rows": away(counted).values_list("placement__partner__structure_type_id", "starts_on", BACK)}),
        (OPEN, {"places": _places(), "signed": _signed()}),
    ]
    spans, params = [], []
    for template, querysets in parts:
        read = {name: rows.query.sql_with_params() for name, rows in querysets.items()}
        spans.append(template.format(**{name: sql for name, (sql, _) in read.items()}))
        params += [value for _, values in read.values() for value in values]
    # Names are written here; what comes from the reader is in `params`.
    statement = MOVES.format(spans=" UNION ALL ".join(spans))
    moves: dict[str, list[tuple[str | None, dt.date, int]]] = {"slept": [], "open": []}
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, first, end, end, first, end, end])
        for kind, structure_type, day, n in cursor.fetchall():
            moves[kind].append((structure_type, day, int(n)))
    return Nights(moves["slept"], moves["open"], first, end)


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
    months = tuple(
        (month_words(month, period), opened, slept, share(slept, opened))
        for month, opened, slept in nights.months(period)
    )
    types = sorted(nights.types().items(), key=lambda item: (-item[1][1], -item[1][0], cut.label(item[0], lexicon)))
    rows = tuple((cut.label(kind, lexicon), *pair, share(pair[1], pair[0])) for kind, pair in types)
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
