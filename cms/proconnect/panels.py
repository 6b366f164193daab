"""What the coordination finds on its home page: people who wait for an answer."""

from typing import Any

from laces.components import Component

from cms.proconnect.models import AccountRequest
from cms.proconnect.selectors import requests_waiting
from cms.proconnect.settings import configuration
from cms.wall.scope import Scope

SHOWN = 6


class RequestPanel(Component):
    order = 15
    template_name = "proconnect/admin/panel_requests.html"

    def __init__(self, rows: list[AccountRequest]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Any) -> dict:
        return {"rows": self.rows}


def request_panels(current: Scope) -> list[Component]:
    """Nothing when nobody waits, or for who may not answer."""
    if configuration() is None or not current.sees_all_cases():
        return []
    rows = list(requests_waiting().order_by("asked_at")[:SHOWN])
    return [RequestPanel(rows)] if rows else []
