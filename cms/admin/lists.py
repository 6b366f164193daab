"""The lists of the admin: their columns, filters, order and workbook come from one declaration, `cms/columns`."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.ui.tables import Column as TableColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from cms.admin.columns import PillsColumn
from cms.columns.enums import Kind
from cms.columns.forms.filters import filterset_of
from cms.columns.rules.columns import Column, ListColumns, columns_read, readable
from cms.journal.services import journal_append, journal_read
from cms.kit.xlsx.lists import ListExport, list_export_write, long_answer, workbook_response
from cms.kit.xlsx.sheets import Render, cell_of, day_cell, moment_cell, number_cell, text_cell, yes_cell

RENDERS: dict[str, Render] = {
    Kind.TEXT: cell_of,
    Kind.CHOICE: text_cell,
    Kind.MANY: text_cell,
    Kind.DAY: day_cell,
    Kind.MOMENT: moment_cell,
    Kind.YES_NO: yes_cell,
    Kind.NUMBER: number_cell,
}
CHUNK = 2000


def french(value: Any) -> Any:
    """Say short dates in local time, « oui » and « non »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value


def table_column(column: Column) -> TableColumn:
    """Return how the table of the admin draws a declared column."""
    sort_key = column.code if column.can_sort else None
    if column.badges is not None:
        return PillsColumn(column.label, column.badges, name=column.code, sort_key=sort_key)
    return TableColumn(
        column.code,
        label=column.label,
        accessor=lambda row: french(column.of_row(row)),
        sort_key=sort_key,
        classname=column.classname or None,
    )


class ScopedIndexView(IndexView):
    """A list: one line in the journal for the reading, one for an export with its filters and number of rows."""

    FORMATS = ("xlsx",)
    list_columns: ListColumns = cast(ListColumns, None)
    """Given by the viewset: Wagtail sets what the class already names."""
    journal_kind = ""
    is_file = False
    add_label = "Ajouter"

    @cached_property
    def add_item_label(self) -> str:
        return self.add_label

    @cached_property
    def known(self) -> dict[str, Column]:
        """Columns that this reader may read, by code: those of the code, then those that the network added."""
        return readable(self.list_columns.all(), self.request.user)

    @cached_property
    def shown(self) -> list[Column]:
        return [column for column in self.known.values() if column.is_shown]

    @cached_property
    def columns(self) -> list[TableColumn]:
        """Make the first column open the file, never the form."""
        first, *others = self.shown
        return [self._opening(first), *(table_column(column) for column in others)]

    def _opening(self, column: Column) -> TableColumn:
        return self._get_title_column_class(TitleColumn)(
            column.code,
            label=column.label,
            accessor=lambda row: french(column.of_row(row)),
            sort_key=column.code if column.can_sort else None,
            get_url=self.get_inspect_url,
        )

    @cached_property
    def filterset_class(self) -> Any:
        return filterset_of((column for column in self.known.values() if column.is_quick), self.model)

    def get_base_queryset(self) -> QuerySet[Any]:
        asked = {column.code: column for column in self.shown} | self._annotated()
        return columns_read(super().get_base_queryset(), asked.values())

    def _annotated(self) -> dict[str, Column]:
        """Columns made by an expression, when a filter asks for one that is not shown."""
        asked = {column.code for column in self.known.values() if column.expression and self._is_asked(column.code)}
        return {code: self.known[code] for code in asked}

    def _is_asked(self, code: str) -> bool:
        return any(name == code or name.startswith(f"{code}_") for name in self.request.GET)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Order by what the columns asked for lead to; the key of the row ends it, so that no page repeats a row."""
        names = self.ordering if isinstance(self.ordering, list | tuple) else [self.ordering or ""]
        paths = [name.replace(code, self.known[code].name) for name in names if (code := name.lstrip("-"))]
        if not paths:
            return super().order_queryset(queryset)
        return queryset.order_by(*paths, "-pk")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [Button("Exporter (classeur Excel)", url=self.xlsx_export_url, icon_name="download", priority=90)]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_file:
            journal_read(self.journal_kind, None, details={"count": context["items_count"]})
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:
            return self.export_response()
        return super().get(request, *args, **kwargs)

    def export_response(self) -> HttpResponseBase:
        taken = self.taken()
        source = f"list:{self.index_url_name.split(':')[0]}"
        if (longer := long_answer(self.request, source, taken)) is not None:
            return longer
        output, count = list_export_write(taken)
        journal_append(action=taken.action, kind=taken.kind, details={"rows": count, "filters": taken.filters})
        return workbook_response(output, taken.file_name)

    def exported(self) -> list[Column]:
        """Columns of the workbook: those of the list that nobody arranged, and the counted ones that were added."""
        return [column for column in self.known.values() if column.is_exported and not column.stays_here]

    def taken(self) -> ListExport:
        """Return what the list gives with the filters asked, under the scope of whoever asks."""
        columns = self.exported()
        queryset = columns_read(self.get_queryset(), columns)
        return ListExport(
            title=capfirst(self.model._meta.verbose_name_plural),
            headings=[column.heading for column in columns],
            total=queryset.count(),
            rows=lambda: rows_taken(queryset, columns),
            renders=[RENDERS[str(column.kind)] for column in columns],
            action=f"{self.model._meta.label_lower}.export",
            kind=self.journal_kind,
            filters=self.filters_used(),
            file_name=self.get_filename(),
        )

    def filters_used(self) -> dict[str, str]:
        """Names and codes of the filters. Words typed in the search are left out: they might speak of a child."""
        known = set(self.filterset_class.base_filters)
        return {name: value for name, value in self.request.GET.items() if name in known and value not in EMPTY_VALUES}


def rows_taken(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterable[list[Any]]:
    """Read the columns alone, one row after the other; each is said as the list says it."""
    paths = [path for column in columns for path in column.reads]
    slices, start = [], 0
    for column in columns:
        slices.append((column, slice(start, start + len(column.reads))))
        start += len(column.reads)
    for row in queryset.values_list(*paths).iterator(chunk_size=CHUNK):
        yield [column.value(*row[part]) for column, part in slices]
