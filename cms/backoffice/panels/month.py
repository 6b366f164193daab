"""The month under the queue of the « Salle de veille »: a figure and the shape of twelve months, without a comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cases.watch.admin import only_watchers
from dashboards.figures.selectors.comparison import months_so_far
from dashboards.figures.words.addresses import rows_url
from dashboards.indicators.enums import COUNTED

WIDTH, HEIGHT, EDGE = 84, 22, 3


@dataclass(frozen=True)
class Spark:
    """A line drawn in a box of 84 by 22; its last point is marked. What it shows is a shape, not a figure."""

    line: str
    end: tuple[str, str]

    @property
    def area(self) -> str:
        return f"{self.line} {self.end[0]},{HEIGHT} {EDGE},{HEIGHT}"


def spark(counts: Sequence[int]) -> Spark:
    highest = max(counts) or 1
    step = (WIDTH - 2 * EDGE) / max(1, len(counts) - 1)
    spots = [
        (f"{EDGE + place * step:.1f}", f"{HEIGHT - EDGE - count / highest * (HEIGHT - 2 * EDGE):.1f}")
        for place, count in enumerate(counts)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in spots), spots[-1])


def month_fragment(request: HttpRequest) -> HttpResponse:
    only_watchers()
    month, lines = months_so_far(request.user)
    context = {
        "month": month.first,
        "lines": [(line, spark(line.counts), rows_url(line.code, month, line=COUNTED)) for line in lines],
        "query": urlencode({"du": month.first.isoformat(), "au": month.last.isoformat()}),
    }
    return TemplateResponse(request, "backoffice/month.html", context)
