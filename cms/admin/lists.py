"""The lists of the admin: their columns, filters, order and workbook come from one declaration, `cms/columns`."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
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

from cms.admin.columns import PillsColumn, SelectColumn
from cms.columns.admin import bar_of
from cms.columns.enums import Kind
from cms.columns.forms.filters import filterset_of
from cms.columns.rules.columns import Column, ListColumns, columns_annotated, columns_read, readable
from cms.columns.rules.conditions import columns_of, where
from cms.columns.selectors import TRIED, VIEW, Wanted, counts_of, view_wanted
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
CHOSEN = "choisies"
"""Parameter: keys of the rows that were ticked."""
MOST_CHOSEN = 200


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
    def wanted(self) -> Wanted:
        """Return what the address asks for: a kept view, one that is tried, the whole list, or what opens first."""
        return view_wanted(self.list_columns.code, self.request.user, self.request.GET, self.known)

    @cached_property
    def shown(self) -> list[Column]:
        return list(self.wanted.opened.columns)

    @cached_property
    def columns(self) -> list[TableColumn]:
        """Make the first column open the file, never the form."""
        first, *others = self.shown
        return [SelectColumn(CHOSEN), self._opening(first), *(table_column(column) for column in others)]

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
        """Quick filters, then those of the columns that somebody chose to see."""
        chosen = {column.code for column in self.shown} if self.wanted.is_arranged else set()
        columns = (column for column in self.known.values() if column.is_quick or column.code in chosen)
        return filterset_of(columns, self.model)

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the rows of the view, with what its columns, its filters and its order read."""
        opened = self.wanted.opened
        asked = columns_of(opened.condition) | {name.lstrip("-") for name in self.names_ordered()}
        asked |= {code for code, column in self.known.items() if column.expression and self._is_asked(code)}
        rows = columns_read(super().get_base_queryset(), self.shown)
        rows = columns_annotated(rows, (self.known[code] for code in asked))
        if opened.condition:
            rows = rows.filter(where(opened.condition, self.known, self.model))
        if chosen := self.request.GET.getlist(CHOSEN):
            rows = rows.filter(pk__in=keys_valid(self.model, chosen))
        return rows

    def _is_asked(self, code: str) -> bool:
        return any(name == code or name.startswith(f"{code}_") for name in self.request.GET)

    def get_ordering(self) -> Any:
        """Return what the head of a column asks, else the order of the view."""
        asked = self.request.GET.get("ordering", "")
        if asked.lstrip("-") in self.known and self.known[asked.lstrip("-")].can_sort:
            return asked
        return self.wanted.opened.sort or self.default_ordering

    def names_ordered(self) -> list[str]:
        asked = [self.ordering] if isinstance(self.ordering, str) else list(self.ordering or ())
        return [name for name in asked if name.lstrip("-") in self.known]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Order by what the columns asked for lead to; the key of the row ends it, so that no page repeats a row."""
        paths = [name.replace(name.lstrip("-"), self.known[name.lstrip("-")].name) for name in self.names_ordered()]
        return queryset.order_by(*paths, "-pk") if paths else super().order_queryset(queryset)

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Choose the keys of the page before reading its rows: what the columns join is joined for a page of rows,
        and not for each row of the network that is sorted.
        """
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        if isinstance(rows, QuerySet) and rows.query.is_sliced:
            rows = page.object_list = queryset.filter(pk__in=rows.values("pk"))
        return paginator, page, rows, is_paginated

    def get_table_kwargs(self) -> dict[str, Any]:
        """Say one order at the head of the columns: the first of those that the view has."""
        return {**super().get_table_kwargs(), "ordering": next(iter(self.names_ordered()), None)}

    def get_search_form(self) -> Any:
        """Return the search, which keeps the view from one filter to the next: a script sends this form alone."""
        form = super().get_search_form()
        for name in (VIEW, TRIED):
            if form is not None and (asked := self.request.GET.get(name)):
                form.fields[name] = forms.CharField(required=False, initial=asked, widget=forms.HiddenInput)
        return form

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        label = "Exporter cette vue (classeur Excel)" if self.wanted.is_arranged else "Exporter (classeur Excel)"
        return [Button(label, url=self.xlsx_export_url, icon_name="download", priority=90)]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_file:
            journal_read(self.journal_kind, None, details={"count": context["items_count"]})
        kept = [(name, self.request.GET[name]) for name in (VIEW, TRIED) if name in self.request.GET]
        return context | {
            "bar": bar_of(self.list_columns, self.wanted, self.request, self._counts()),
            "kept_parameters": kept,
        }

    def _counts(self) -> dict[Any, int]:
        """How many rows each view gives, counted beside the list when there is a view at all."""
        if not self.wanted.views:
            return {}
        return counts_of(self.wanted.views, super().get_base_queryset(), self.known)

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
        """Columns of the workbook: those of the view; of a list that nobody arranged, all that it may give."""
        columns = self.shown if self.wanted.is_arranged else [c for c in self.known.values() if c.is_exported]
        return [column for column in columns if not column.stays_here]

    def taken(self) -> ListExport:
        """Return what the list gives with the filters asked, under the scope of whoever asks."""
        columns = self.exported()
        queryset = columns_read(self.get_queryset(), columns)
        return ListExport(
            title=capfirst(self.model._meta.verbose_name_plural),
            headings=[column.heading for column in columns],
            total=queryset.count(),
            rows=lambda: rows_taken(queryset, columns),
            renders=[cell_of if column.words else RENDERS[str(column.kind)] for column in columns],
            action=f"{self.model._meta.label_lower}.export",
            kind=self.journal_kind,
            filters=self.filters_used(),
            file_name=self.get_filename(),
        )

    def filters_used(self) -> dict[str, str]:
        """Names and codes of the filters. Words typed in the search are left out: they might speak of a child."""
        known = set(self.filterset_class.base_filters)
        asked = {
            name: value for name, value in self.request.GET.items() if name in known and value not in EMPTY_VALUES
        }
        if self.wanted.is_arranged:
            asked["columns"] = ",".join(column.code for column in self.exported())
            asked["condition"] = json.dumps(self.wanted.opened.condition, sort_keys=True)
        if chosen := self.request.GET.getlist(CHOSEN):
            asked["chosen"] = str(len(chosen))
        return asked


def rows_taken(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterable[list[Any]]:
    """Read the columns alone, one row after the other; each is said as the list says it. A column that is drawn from
    the whole row asks for whole rows.
    """
    if any(not column.reads for column in columns):
        for row in queryset.iterator(chunk_size=CHUNK):
            yield [words_of(column, row) for column in columns]
        return
    paths = [path for column in columns for path in column.reads]
    slices, start = [], 0
    for column in columns:
        slices.append((column, slice(start, start + len(column.reads))))
        start += len(column.reads)
    for row in queryset.values_list(*paths).iterator(chunk_size=CHUNK):
        yield [column.value(*row[part]) for column, part in slices]


def words_of(column: Column, row: Any) -> Any:
    if column.badges is not None and not column.reads:
        return ", ".join(str(badge) for badge in column.badges(row))
    return column.of_row(row) if column.show is not None and not column.reads else column.value_of(row)


def keys_valid(model: Any, chosen: Sequence[str]) -> list[Any]:
    """Return the keys that may be those of rows; a forged one finds nothing."""
    keys = []
    for key in chosen[:MOST_CHOSEN]:
        try:
            keys.append(model._meta.pk.to_python(key))
        except ValidationError:
            continue
    return keys
