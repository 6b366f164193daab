"""Home page of data protection: what waits first, then the guard of the journal and the monthly review."""

from typing import Any

from django.utils import timezone
from laces.components import Component

from cms.data_rights.control.admin import anchor_words, last_month, night_words, review_url
from cms.data_rights.register.rules import time_left
from cms.data_rights.register.services import REGISTERS
from cms.data_rights.selectors import alerts_waiting, holds_placed, months_waiting, requests_waiting, reviews_of
from cms.kit.words import month_long
from cms.users.roles import Role
from cms.wall import scope

SHOWN = 6


class AlertPanel(Component):
    """Bris de glace that nobody else has read yet."""

    order = 5
    template_name = "rights/admin/panel_alerts.html"

    def get_context_data(self, parent_context: Any) -> dict:
        current = scope.current()
        return {"alerts": [(row, row.raised_by_id != current.user_id) for row in alerts_waiting()[:SHOWN]]}


class RequestPanel(Component):
    """Requests to answer, the latest first."""

    order = 6
    template_name = "rights/admin/panel_requests.html"

    def get_context_data(self, parent_context: Any) -> dict:
        today = timezone.localdate()
        waiting = list(requests_waiting()[: SHOWN + 1])
        rows = [(row, time_left(row.due_on, today), row.due_on < today) for row in waiting[:SHOWN]]
        return {"rows": rows, "has_more": len(waiting) > SHOWN}


class GuardPanel(Component):
    """Is the journal whole; which months wait for a signature; which are held."""

    order = 7
    template_name = "rights/admin/panel_guard.html"

    def get_context_data(self, parent_context: Any) -> dict:
        night, anchor = night_words(), anchor_words()
        months = list(months_waiting()[:SHOWN])
        return {
            "states": [night, anchor],
            "months": [(row, month_long(row.month)) for row in months if not (row.direction_at and row.dpo_at)],
            "holds": holds_placed().count(),
        }


class ReviewPanel(Component):
    """The review of last month: done, or to do."""

    order = 8
    template_name = "rights/admin/panel_review.html"

    def get_context_data(self, parent_context: Any) -> dict:
        month = last_month()
        return {"month": month_long(month), "url": review_url(month), "signed": reviews_of(month)}


def rights_panels(current: scope.Scope) -> list[Component]:
    if current.has_role(Role.DPO):
        return [AlertPanel(), RequestPanel(), GuardPanel(), ReviewPanel()]
    if current.has_role(Role.DIRECTION):
        return [AlertPanel(), RequestPanel(), GuardPanel()]
    return [RequestPanel()] if current.has_role(*REGISTERS) else []
