"""Columns of the lists of the admin."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin.ui.tables import Column

from cms.kit.blocks import Badge


class PillsColumn(Column):
    """States as pills, those that the head of the file shows: their words say all, their colours only repeat it."""

    cell_template_name = "kit/pills_cell.html"

    def __init__(self, label: str, badges: Callable[[Any], Iterable[Badge]], *, sort_key: str | None = None) -> None:
        super().__init__("pills", label=label, accessor=badges, sort_key=sort_key)

    def get_value(self, instance: Any) -> list[Badge]:
        return list(super().get_value(instance))


def minor_column(words: Callable[[Any], str], *, sort_key: str | None = None) -> Column:
    """Return the column that says who: « Fille, 15 ans »."""
    return Column("minor", label="Mineur", accessor=words, sort_key=sort_key, classname="hv-whole")


def place_column(name: str) -> Column:
    """Return the column of a département, under one short word."""
    return Column(name, label="Département", accessor=name, sort_key=name)
