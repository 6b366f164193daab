"""What nights cost: the daily price of the linking of each stay, by payer, month and type of structure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from cases.enums import PAYER_ASE
from dashboards.indicators.rules.formats import french_number
from dashboards.indicators.rules.results import Figure, Grid
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon, month_words
from dashboards.indicators.selectors.nights import NightsOfMonth
from dashboards.periods import Period


@dataclass
class Sum:
    """Nights, those that have a price, and euros of some rows."""

    nights: int = 0
    priced: int = 0
    cents: int = 0

    def add(self, row: NightsOfMonth) -> None:
        self.nights += row.nights
        self.priced += row.priced
        self.cents += row.cents

    @property
    def euros(self) -> float:
        return self.cents / 100

    @property
    def price(self) -> float | None:
        """Mean price of a night that has one."""
        return self.cents / 100 / self.priced if self.priced else None


def cost_figures(costs: Iterable[NightsOfMonth]) -> tuple[Figure, Figure]:
    """Return what nights cost, and the mean price of one."""
    total = _sums(costs, lambda row: None).get(None, Sum())
    without = total.nights - total.priced
    note = f"pour {french_number(total.priced)} nuitées ; sans prix : {french_number(without)}"
    return (
        Figure("I3.cost", "Coût des nuitées", total.euros, "euros", note=note, whole=total.priced),
        Figure("I3.price", "Prix moyen d’une nuitée", total.price, "price", whole=total.priced),
    )


def _sums(costs: Iterable[NightsOfMonth], key: Callable[[NightsOfMonth], Hashable]) -> dict:
    sums: dict[Hashable, Sum] = {}
    for row in costs:
        sums.setdefault(key(row), Sum()).add(row)
    return sums


HEADERS = ("Nuitées avec un prix", "Coût", "Prix moyen", "Nuitées sans prix")
KINDS = ("text", "number", "euros", "price", "number")


def cost_tables(
    costs: Sequence[NightsOfMonth], cut: Dimension, period: Period, lexicon: Lexicon
) -> tuple[Grid, Grid, Grid]:
    """Return cost by payer, month by month and by type of structure; in totals, so that no structure is told apart."""
    by_type = {cut.label(key, lexicon): total for key, total in _sums(costs, lambda row: row.type).items()}
    by_month = _sums(costs, lambda row: row.month)
    months = {month_words(month, period): by_month.get(month, Sum()) for month in period.months}
    return (
        _table("cost_payer", "par payeur", "Qui paie", _dearest(_payers(costs, lexicon)), note=NOTE),
        _table("cost_month", "mois par mois", "Mois", months),
        _table("cost_type", "par type de structure", "Type de structure", _dearest(by_type)),
    )


NOTE = (
    "Une nuitée est sans prix quand aucun accord financier n’est écrit, ou quand il a pris fin : le coût réel est "
    "plus haut d’autant."
)


def _table(code: str, by: str, header: str, sums: dict[str, Sum], *, note: str = "") -> Grid:
    rows = tuple((label, one.priced, one.euros, one.price, one.nights - one.priced) for label, one in sums.items())
    return Grid(code, f"Coût des nuitées, {by}", (header, *HEADERS), rows, note=note, kinds=KINDS)


def _dearest(sums: dict[str, Sum]) -> dict[str, Sum]:
    return dict(sorted(sums.items(), key=lambda item: (-item[1].cents, -item[1].nights, item[0])))


NOBODY = "Aucun accord financier écrit"


def _payers(costs: Sequence[NightsOfMonth], lexicon: Lexicon) -> dict[str, Sum]:
    """Return the sums of each payer, in words: an authority by the name that it bore on the day of the figures."""

    def words(row: NightsOfMonth) -> str:
        if row.payer_kind is None:
            return NOBODY
        return f"ASE – {row.payer}" if row.payer_kind == PAYER_ASE else lexicon.labels[row.payer_kind]

    return _sums(costs, words)
