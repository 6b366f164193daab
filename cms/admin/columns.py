"""Columns of the lists of the admin."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin.ui.tables import Column

from cms.kit.blocks import Badge


class PillsColumn(Column):
    """States as pills, those that the head of the file shows: their words say all, their colours only repeat it."""

    cell_template_name = "kit/pills_cell.html"

    def __init__(
        self, label: str, badges: Callable[[Any], Iterable[Badge]], *, name: str = "pills", sort_key: str | None = None
    ) -> None:
        super().__init__(name, label=label, accessor=badges, sort_key=sort_key)

    def get_value(self, instance: Any) -> list[Badge]:
        return list(super().get_value(instance))


class SelectColumn(Column):
    """A box to tick on each row, of the form that stands above the table: what is ticked may be taken out alone."""

    cell_template_name = "kit/select_cell.html"
    header_template_name = "kit/select_header.html"
