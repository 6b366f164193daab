"""From a figure to its rows: filters, pages, export, and the rows of a trace code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet

from cms.users.models import User
from cms.wall import scope
from dashboards.figures.models import Trace
from dashboards.figures.selectors.report import RowsQuery, cut_words, rows_queryset
from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules.results import key_text
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import UNKNOWN, Lexicon
from dashboards.indicators.selectors.registry import INDICATORS, Listing
from dashboards.periods import Period
from dashboards.policies import figures_check, whole_scope_check

NOT_FILLED = "NR"
"""What stands for « Non renseigné » in an address: an empty choice of a form means « all »."""


@dataclass(frozen=True)
class RowsAddress:
    """What an address asks for, once read."""

    code: str
    period: Period
    line: str = COUNTED
    cuts: Mapping[str, str] = field(default_factory=dict)
    trace: Trace | None = None

    @property
    def listing(self) -> Listing:
        return INDICATORS[self.code].listing(self.line)

    @property
    def keys(self) -> list[str] | None:
        return self.trace.keys if self.trace else None

    @property
    def rows(self) -> RowsQuery:
        return RowsQuery(self.code, self.period, self.line, cuts=self.cuts, keys=self.keys)

    def query(self) -> str:
        """Return the same, as the query string of an address."""
        days = {"du": self.period.first.isoformat(), "au": self.period.last.isoformat(), "ligne": self.line}
        trace = {"trace": self.trace.code} if self.trace else {}
        return urlencode({**days, **trace, **{name: key or NOT_FILLED for name, key in self.cuts.items()}})


def filters_of(user: User, address: RowsAddress) -> django_filters.FilterSet:
    """Return one filter a cut, with the choices that the rows have and how many rows each has."""
    figures_check(user)
    listing = address.listing
    with scope.acting(scope.FIGURES):
        whole_scope_check()
        lexicon = Lexicon.read()
        counted = cube(_population(address, lexicon), [cut.name for cut in listing.cuts])
    filters = {
        cut.name: django_filters.ChoiceFilter(
            label=cut_words(cut.title), empty_label="Tous", choices=_choices(cut, counted, address, lexicon)
        )
        for cut in listing.cuts
    }
    data = {name: key or NOT_FILLED for name, key in address.cuts.items()}
    filter_set = type("RowsFilterSet", (django_filters.FilterSet,), filters)
    return filter_set(data=data, queryset=Trace.objects.none())


def _population(address: RowsAddress, lexicon: Lexicon) -> QuerySet:
    if address.listing.is_one_line:
        return rows_queryset(address.listing, address.period, lexicon, line=address.line, cuts={}, keys=address.keys)
    return address.listing.population(address.period, lexicon)


def _choices(cut: Dimension, counted: Cube, address: RowsAddress, lexicon: Lexicon) -> list[tuple[str, str]]:
    line = next(iter(counted.cells[(LINE,)]), (COUNTED,))[0] if address.listing.is_one_line else address.line
    counts = counted.by(cut.name, line)
    keys = sorted((key for key in counts if key is not None), key=lambda key: _order(cut, key, lexicon))
    choices = [(key_text(key), f"{cut.label(key, lexicon)} · {counts[key]}") for key in keys]
    return choices + ([(NOT_FILLED, f"{UNKNOWN} · {counts[None]}")] if counts.get(None) else [])


def _order(cut: Dimension, key: Any, lexicon: Lexicon) -> str:
    return key_text(key) if cut.kind in ("month", "territory") else cut.label(key, lexicon)
