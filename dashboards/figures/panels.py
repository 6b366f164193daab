"""Panels of the figures on the home page of the coordination."""

from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import timezone
from laces.components import Component

from dashboards.consistency.selectors import CHECKS, consistency_counts
from dashboards.figures.selectors.comparison import month_so_far
from dashboards.figures.words.addresses import rows_url
from dashboards.indicators.enums import COUNTED


class MonthPanel(Component):
    """What the month counts so far, beside the same days of the month before; each figure leads to its rows and to how
    it is counted. One query.
    """

    order = 14
    template_name = "dashboards/figures/panel_month.html"

    def get_context_data(self, parent_context: Any) -> dict:
        month, lines = month_so_far(parent_context["request"].user)
        return {
            "month": month,
            "lines": [(line, rows_url(line.code, month, line=COUNTED)) for line in lines],
            "query": urlencode({"du": month.first.isoformat(), "au": month.last.isoformat()}),
        }


class ConsistencyPanel(Component):
    """How many lines are to be put right, by kind; nothing when there is none. One query."""

    order = 16
    template_name = "dashboards/consistency/panel_consistency.html"

    def get_context_data(self, parent_context: Any) -> dict:
        counts = consistency_counts(timezone.localdate())
        return {"found": [(check, counts[check.code]) for check in CHECKS if counts.get(check.code)]}

    def render_html(self, parent_context: Any = None) -> str:
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["found"] else ""
