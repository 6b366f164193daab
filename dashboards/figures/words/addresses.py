"""Addresses of the page of figures, and of the rows behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from dashboards.figures.selectors.drilldown import NOT_FILLED
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.results import Breakdown
from dashboards.periods import Period

INDICATOR, DETAIL, CROSSED = "indicateur", "detail", "croiser"
"""What the address of a page of figures chooses: the indicator that is open, a breakdown, a table."""
PANEL = "#ouvert"
"""Where the open indicator begins."""


@dataclass(frozen=True)
class PageAddress:
    """A page of figures and what it was asked: `query` says its days."""

    page: str
    query: Mapping[str, str]

    def of(self, code: str, **more: str) -> str:
        return f"{self.page}?{urlencode({**self.query, INDICATOR: code, **more})}{PANEL}"


def rows_url(code: str, period: Period, *, line: str, **cut: str) -> str:
    query = {"du": period.first.isoformat(), "au": period.last.isoformat()}
    query |= {} if line == COUNTED else {"ligne": line}
    query |= cut
    return f"{reverse('dashboards_rows', args=[code])}?{urlencode(query)}"


def cell_urls(code: str, period: Period, item: Breakdown) -> dict[str, str]:
    """Return the address of the rows of each key that counts some; only the key differs between addresses."""
    address = rows_url(code, period, line=item.line)
    return {row.key: f"{address}&{urlencode({item.code: row.key or NOT_FILLED})}" for row in item.rows if row.n}


def cross_url(code: str, period: Period, cells: Mapping[str, str]) -> str:
    """Return the address of the rows of a cell of two cuts; an empty key is not filled in."""
    return rows_url(code, period, line=COUNTED, **{name: key or NOT_FILLED for name, key in cells.items()})


def place_url(place: str, period: Period) -> str:
    query = {"du": period.first.isoformat(), "au": period.last.isoformat()}
    return f"{reverse('dashboards_place', args=[place])}?{urlencode(query)}"
