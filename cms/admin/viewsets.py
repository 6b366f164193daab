"""Snippet viewsets whose rows stand behind the wall: lists, inspection, forms that call services, exports.

Nothing is deleted, copied, indexed or logged by Wagtail: what is done and read is in the journal.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.admin.actions import RowAction, actions_on, buttons
from cms.admin.choosers import ScopedChooserViewSet
from cms.admin.form_views import ScopedCreateView, ScopedEditView
from cms.admin.guard import actions_of, guarded
from cms.admin.heads import FileHead, actions_split, blocks_known
from cms.admin.search import rows_finder
from cms.admin.views import JournalHistoryView, ScopedUsageView
from cms.journal.services import journal_append, journal_read
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.xlsx.lists import ListExport, list_export_write, long_answer, render_of, rows_of, workbook_response
from cms.navigation.search import Door, Group, search_register
from cms.values.forms import AdminModelForm
from cms.wall.policies import READING, ScopedPolicy


class FrenchColumn(Column):
    """Short dates in local time, « oui » and « non »."""

    def get_value(self, instance: Any) -> Any:
        value = super().get_value(instance)
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, dt.datetime):
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value


class ScopedIndexView(IndexView):
    """A list: one line in the journal for the reading, one for an export with its filters and number of rows."""

    FORMATS = ("xlsx",)
    journal_kind = ""
    is_file = False
    add_label = "Ajouter"

    @cached_property
    def add_item_label(self) -> str:
        return self.add_label

    def _get_custom_column(self, field_name: str, column_class: type[Column] = FrenchColumn, **kwargs: Any) -> Column:
        """Make the first column open the file, never the form."""
        if "get_url" in kwargs:
            kwargs["get_url"] = self.get_inspect_url
        return super()._get_custom_column(field_name, column_class, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.list_export:
            return []
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

    def taken(self) -> ListExport:
        """Return what the list gives with the filters asked, under the scope of whoever asks."""
        queryset = self.get_queryset()
        return ListExport(
            title=capfirst(self.model._meta.verbose_name_plural),
            headings=[self.get_heading(queryset, name) for name in self.list_export],
            total=queryset.count(),
            rows=lambda: rows_of(queryset, self.list_export),
            renders=[render_of(self.model, name) for name in self.list_export],
            action=f"{self.model._meta.label_lower}.export",
            kind=self.journal_kind,
            filters=self.filters_used(),
            file_name=self.get_filename(),
        )

    def filters_used(self) -> dict[str, str]:
        """Names and codes of the filters. Words typed in the search are left out: they might speak of a child."""
        known = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return {name: value for name, value in self.request.GET.items() if name in known and value not in EMPTY_VALUES}

    def get_heading(self, queryset: QuerySet, field: str) -> str:
        if override := self.export_headings.get(field):
            return override
        model = queryset.model
        *relations, name = field.split("__")
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        related = queryset.model._meta.get_field(relations[0]) if relations else model._meta.get_field(name)
        return capfirst(related.verbose_name)


class ScopedInspectView(generic.InspectView):
    """The file of a row: a subclass gives its blocks, and the actions that its state allows."""

    page_title = "Fiche"
    history_url_name = None
    template_name = "kit/file.html"
    namespace = ""
    declared: Sequence[RowAction] = ()

    def blocks(self) -> list[Facts | Listing]:
        return [Facts("Fiche", [(field["label"], field["value"]) for field in self.get_fields_context()])]

    def actions(self) -> list[Action]:
        return buttons(self.declared, self.object, self.namespace)

    def next_step(self) -> str:
        """Return what to do now, in a sentence."""
        return ""

    def head(self) -> FileHead | None:
        """Return who the file is about and its state."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blocks, actions = self.blocks(), self.actions()
        tabs, missing = blocks_known(blocks)
        main, others = actions_split(actions)
        return super().get_context_data(
            **kwargs,
            blocks=blocks,
            actions=actions,
            next_step=self.next_step(),
            head=self.head(),
            main=main,
            others=others,
            tabs=tabs,
            missing=missing,
        )

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not self.get_edit_url():
            return []
        return [HeaderButton("Modifier", url=self.get_edit_url(), icon_name="edit")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button("Qui a fait quoi", url=reverse(self.history_url_name, args=[quote(self.pk)]), icon_name="history")
        ]

    def get_header_title(self) -> str:
        return str(self.object)

    def get_delete_url(self) -> str | None:
        return None

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.edit_url_name else None


class ScopedSnippetViewSet(SnippetViewSet):
    """Base of every snippet. `journal_kind` is the name under which the journal knows its rows.

    `is_file`: each consultation leaves a line. `form_class` creates, `edit_form_class` changes; without one, no page.
    """

    journal_kind = ""
    is_file = False
    add_label = "Ajouter"
    form_class: type[AdminModelForm] | None = None
    edit_form_class: type[AdminModelForm] | None = None
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 25
    export_filename = "export"
    actions: Sequence[RowAction] = ()
    search_group: Group | None = None
    """Where the one search shows rows of this list, found by `search_fields`; nowhere by default."""
    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    inspect_view_class = ScopedInspectView
    history_view_class = JournalHistoryView
    usage_view_class = ScopedUsageView
    chooser_viewset_class = ScopedChooserViewSet
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"
    history_template_name = JournalHistoryView.template_name

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        view = super().construct_view(view_class, **kwargs)
        return guarded(
            view, model=self.model, actions=actions_of(view_class), kind=self.journal_kind, is_file=self.is_file
        )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            "delete_url_name": None,
            "journal_kind": self.journal_kind,
            "is_file": self.is_file,
            "add_label": self.add_label,
        }
        if self.form_class is None:
            names["add_url_name"] = None
        if self.edit_form_class is None:
            names["edit_url_name"] = None
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(
            request.user, set(READING)
        )

    def search_note(self, row: Any) -> str:
        """Return what tells a row from another in the one search; nothing that is sealed."""
        return ""

    def get_edit_handler(self) -> ObjectList:
        """No panel: our forms are plain forms. Wagtail's checks want one all the same."""
        return ObjectList([]).bind_to_model(self.model)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(**{"panel": None, **kwargs})

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(**{"panel": None, **kwargs})

    def register_admin_url_finder(self) -> None:
        if self.edit_form_class:
            super().register_admin_url_finder()

    def get_form_class(self, for_update: bool = False) -> type[AdminModelForm] | None:
        return self.edit_form_class if for_update else self.form_class

    def get_urlpatterns(self) -> list[URLPattern]:
        left_out = {"delete", "reorder"}
        left_out |= {"add"} if self.form_class is None else set()
        left_out |= {"edit"} if self.edit_form_class is None else set()
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in left_out] + self.action_urls()

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_inspect_view_kwargs(
            **{"namespace": self.admin_url_namespace, "declared": self.declared, **kwargs}
        )

    @cached_property
    def declared(self) -> list[RowAction]:
        """Actions of this viewset, and those that other capabilities registered on its model."""
        return actions_on(self.model, self.actions)

    def action_urls(self) -> list:
        """Pages of actions on one row, each a view guarded by `self.action`."""
        return [
            self.action(
                action.route,
                action.page(self.model, self.admin_url_namespace),
                name=action.name,
                permission=action.permission,
                needs_fresh=action.needs_fresh,
            )
            for action in self.declared
        ]

    def action(
        self,
        route: str,
        view: Callable[..., HttpResponseBase],
        *,
        name: str,
        permission: str = "change",
        needs_fresh: bool = False,
    ) -> URLPattern:
        """Route a page under the viewset's address: the row is checked, and given to the view.

        `needs_fresh`: a reveal, or a change of rights.
        """
        wrapped = guarded(
            view,
            model=self.model,
            actions=(permission,),
            kind=self.journal_kind,
            is_file=self.is_file,
            needs_fresh=needs_fresh,
        )
        return path(f"<{self.pk_path_converter}:pk>/{route}/", wrapped, name=name)


def scoped_register(target: type) -> None:
    """Register a viewset or a group of them, each model under our policy and without Wagtail's own log."""
    viewsets: Iterable[Any] = getattr(target, "items", (target,))
    for viewset in viewsets:
        register_permission_policy(viewset.model, ScopedPolicy(viewset.model), exact_class=True)
        # Wagtail's log keeps titles that anybody with access to the admin may read: our models write none.
        log_registry.log_entry_models_by_type.register(viewset.model, value=None, exact_class=True)
        if viewset.search_group:
            search_register(Door.ADMIN, viewset.search_group, rows_finder(viewset))
    register_snippet(target)
