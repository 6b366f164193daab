"""From a figure to its rows: filters, pages, export, and the rows of a trace code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from cms.kit.xlsx.lists import Taken
from cms.kit.xlsx.sheets import day_cell, text_cell
from cms.users.models import User
from cms.wall import scope
from dashboards.figures.forms import period_asked, period_choices
from dashboards.figures.selectors.report import cut_words, rows_for, rows_queryset, rows_values
from dashboards.figures.selectors.traces import trace_find
from dashboards.indicators.cube import COUNTED, LINE, cube
from dashboards.indicators.definitions import DEFINITIONS
from dashboards.indicators.lexicon import UNKNOWN, Lexicon
from dashboards.indicators.registry import INDICATORS, Listing
from dashboards.indicators.results import Dimension, key_text
from dashboards.models import Trace
from dashboards.periods import Period
from dashboards.policies import EXPORT, VIEW, figures_check, whole_scope_check

NOT_FILLED = "NR"
"""What stands for « Non renseigné » in an address: an empty choice of a form means « all »."""


@dataclass(frozen=True)
class Asked:
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

    def query(self) -> str:
        """The same, as an address says it."""
        days = {"du": self.period.first.isoformat(), "au": self.period.last.isoformat(), "ligne": self.line}
        trace = {"trace": self.trace.code} if self.trace else {}
        return urlencode({**days, **trace, **{name: key or NOT_FILLED for name, key in self.cuts.items()}})


def asked_read(code: str, data: QueryDict) -> Asked:
    """Raises `ValidationError` for what cannot be read: indicator, period, cut or trace code."""
    if code not in INDICATORS:
        raise ValidationError("Cet indicateur n’existe pas.")
    _, period, _ = period_asked(data, period_choices())
    if period is None:
        raise ValidationError("Cette période ne peut pas être lue.")
    line = data.get("ligne", COUNTED)
    names = {cut.name for cut in INDICATORS[code].listing(line).cuts}
    cuts = {name: "" if value == NOT_FILLED else value for name in names if (value := data.get(name, ""))}
    if one := data.get("par", ""):
        cuts[one] = data.get("cle", "")
        if one not in names:
            raise ValidationError("Cet indicateur n’a pas ce détail.")
    return Asked(code, period, line, cuts, _trace(code, period, data.get("trace", "")))


def _trace(code: str, period: Period, text: str) -> Trace | None:
    if not text:
        return None
    trace = trace_find(text)
    if trace.indicator != code or (trace.first, trace.last) != (period.first, period.last):
        raise ValidationError("Ce code de trace n’est pas celui de cet indicateur sur cette période.")
    return trace


def filters_of(user: User, asked: Asked) -> django_filters.FilterSet:
    """One filter a cut, with the choices that the rows have and how many of them: read by the cube of the figure."""
    figures_check(user)
    listing = asked.listing
    with scope.acting(scope.FIGURES):
        whole_scope_check()
        lexicon = Lexicon.read()
        found = cube(_population(asked, lexicon), [cut.name for cut in listing.cuts])
    filters = {
        cut.name: django_filters.ChoiceFilter(
            label=cut_words(cut.title), empty_label="Tous", choices=_choices(cut, found, asked, lexicon)
        )
        for cut in listing.cuts
    }
    data = {name: key or NOT_FILLED for name, key in asked.cuts.items()}
    filter_set = type("RowsFilterSet", (django_filters.FilterSet,), filters)
    return filter_set(data=data, queryset=Trace.objects.none())


def _population(asked: Asked, lexicon: Lexicon):
    if asked.listing.is_one_line:
        return rows_queryset(asked.listing, asked.period, lexicon, line=asked.line, cuts={}, keys=asked.keys)
    return asked.listing.population(asked.period, lexicon)


def _choices(cut: Dimension, found, asked: Asked, lexicon: Lexicon) -> list[tuple[str, str]]:
    line = next(iter(found.cells[(LINE,)]), (COUNTED,))[0] if asked.listing.is_one_line else asked.line
    counts = found.by(cut.name, line)
    keys = sorted((key for key in counts if key is not None), key=lambda key: _order(cut, key, lexicon))
    choices = [(key_text(key), f"{cut.label(key, lexicon)} · {counts[key]}") for key in keys]
    return choices + ([(NOT_FILLED, f"{UNKNOWN} · {counts[None]}")] if counts.get(None) else [])


def _order(cut: Dimension, key: Any, lexicon: Lexicon) -> str:
    return key_text(key) if cut.kind in ("month", "territory") else cut.label(key, lexicon)


def rows_taken(user: User, code: str, query: str) -> Taken:
    """The rows of a figure as a source of exports. Raises `PermissionDenied` and `ValidationError`."""
    figures_check(user, EXPORT)
    asked = asked_read(code, QueryDict(query))
    listing = asked.listing
    if not user.has_perm(VIEW):
        raise PermissionDenied
    cuts = [cut for cut in listing.cuts if cut.kind != "month"]
    dated = [listing.dated] if listing.dated else []
    return Taken(
        title=f"{code} {DEFINITIONS[code].short}",
        headings=[
            listing.reference.label,
            *(column.label for column in dated),
            *(cut_words(cut.title) for cut in cuts),
        ],
        total=rows_for(user, code, asked.period, line=asked.line, cuts=asked.cuts, keys=asked.keys, limit=0).total,
        rows=lambda: _rows(asked, cuts),
        renders=[text_cell, *(day_cell for _ in dated), *(text_cell for _ in cuts)],
        action="dashboards.rows.export",
        filters={"indicator": code, **dict(QueryDict(asked.query()).items())},
        facts=[
            ("Indicateur", DEFINITIONS[code].label),
            ("Définition", DEFINITIONS[code].version),
            ("Une ligne est", listing.unit or DEFINITIONS[code].unit),
            ("Premier jour", asked.period.first),
            ("Dernier jour", asked.period.last),
            *(
                (cut_words(cut.title), cut_label(cut, asked.cuts[cut.name]))
                for cut in listing.cuts
                if cut.name in asked.cuts
            ),
        ],
        file_name=f"lignes-{code}-{asked.period.first}-{asked.period.last}",
    )


def cut_label(cut: Dimension, key: str) -> str:
    return key or UNKNOWN


def _rows(asked: Asked, cuts: list[Dimension]) -> Iterator[list]:
    """Read under the scope of figures, as the figure was; the scope of whoever exports comes back at the end."""
    listing = asked.listing
    with scope.acting(scope.FIGURES):
        lexicon = Lexicon.read()
        rows = rows_queryset(listing, asked.period, lexicon, line=asked.line, cuts=asked.cuts, keys=asked.keys)
        dated = [listing.dated.field] if listing.dated else []
        for row in rows_values(listing, rows).iterator(chunk_size=2000):
            yield [
                str(row[listing.reference.field]),
                *(row[name] for name in dated),
                *(cut.label(row[cut.name], lexicon) for cut in cuts),
            ]
