"""Snippet viewsets whose rows stand behind the wall: lists, inspection, forms that call services, exports.

Nothing is deleted, copied, indexed or logged by Wagtail: what is done and read is in the journal.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.log_actions import registry as log_registry
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.admin.actions import RowAction, actions_on, buttons
from cms.admin.choosers import ScopedChooserViewSet
from cms.admin.form_views import ScopedCreateView, ScopedEditView
from cms.admin.guard import actions_of, guarded
from cms.admin.heads import FIRST, FileHead, actions_split, blocks_aside, blocks_known, sections_of
from cms.admin.lists import ScopedIndexView
from cms.admin.search import rows_finder
from cms.admin.timeline import moments_of
from cms.admin.views import JournalHistoryView, ScopedUsageView
from cms.columns.rules.columns import Column, ListColumns, list_register
from cms.kit.blocks import Action, Facts, Listing
from cms.navigation.search import Door, Group, search_register
from cms.values.forms import AdminModelForm
from cms.wall.policies import READING, ScopedPolicy


class ScopedInspectView(generic.InspectView):
    """The file of a row: a subclass gives its blocks, and the actions that its state allows."""

    page_title = "Fiche"
    history_url_name = None
    template_name = "kit/file.html"
    namespace = ""
    journal_kind = ""
    declared: Sequence[RowAction] = ()
    first_tab = FIRST
    """What the tab that opens first is called."""

    def blocks(self) -> list[Facts | Listing]:
        return [Facts("Fiche", [(field["label"], field["value"]) for field in self.get_fields_context()])]

    def actions(self) -> list[Action]:
        return buttons(self.declared, self.object, self.namespace)

    def next_step(self) -> str:
        """Return what to do now, in a sentence."""
        return ""

    def head(self) -> FileHead:
        """Return who or what the file is about, and its state; it takes the place of the header of Wagtail."""
        return FileHead(who=str(self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blocks, actions = self.blocks(), self.actions()
        tabs, missing = blocks_known(blocks)
        main, others = actions_split(actions)
        head = self.head()
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            blocks=blocks,
            actions=actions,
            next_step=self.next_step(),
            head=head,
            main=main,
            others=[*others, *self.own_pages()],
            moments=moments_of(self.journal_kind, self.object.pk) if head.pills and self.journal_kind else [],
            history_url=reverse(self.history_url_name, args=[quote(self.pk)]),
            aside=blocks_aside(blocks),
            tabs=tabs,
            sections=sections_of(tabs, first=self.first_tab),
            missing=missing,
        )
        # Wagtail ends with « Fiche », which the head says better.
        return {
            **context,
            "crumbs": [item for item in context["breadcrumbs_items"] if item["label"] != self.page_title],
        }

    def own_pages(self) -> list[Action]:
        """Return what the header of Wagtail would offer."""
        edit_url = self.get_edit_url()
        history = Action("Qui a fait quoi", reverse(self.history_url_name, args=[quote(self.pk)]))
        return [*([Action("Modifier la fiche", edit_url)] if edit_url else []), history]

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
    columns: Sequence[Column] = ()
    """Typed columns: what the list may show, filter, sort and give to a workbook or to a view."""
    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    inspect_view_class = ScopedInspectView
    history_view_class = JournalHistoryView
    usage_view_class = ScopedUsageView
    chooser_viewset_class = ScopedChooserViewSet
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "kit/list_results.html"
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

    @cached_property
    def list_columns(self) -> ListColumns:
        return ListColumns(
            code=self.admin_url_namespace,
            label=self.menu_label,
            model=self.model,
            declared=self.columns,
            url=lambda: reverse(f"{self.admin_url_namespace}:list"),
            is_open=lambda user: policy_registry.get_by_type(self.model).user_has_any_permission(user, set(READING)),
        )

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**{"list_columns": self.list_columns, **kwargs})

    def search_note(self, row: Any) -> str:
        """Return what tells a row from another in the one search; nothing that is sealed."""
        return ""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Begin at the home alone: the index of snippets is closed."""
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}]

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
                reads=action.reads,
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
        reads: Callable[[type[Model]], QuerySet[Any]] | None = None,
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
            reads=reads,
        )
        return path(f"<{self.pk_path_converter}:pk>/{route}/", wrapped, name=name)


def scoped_register(target: type) -> None:
    """Register a viewset or a group of them, each model under our policy and without Wagtail's own log."""
    viewsets: Iterable[Any] = getattr(target, "items", (target,))
    for viewset in viewsets:
        register_permission_policy(viewset.model, ScopedPolicy(viewset.model), exact_class=True)
        # Wagtail's log keeps titles that anybody with access to the admin may read: our models write none.
        log_registry.log_entry_models_by_type.register(viewset.model, value=None, exact_class=True)
        list_register(viewset().list_columns)
        if viewset.search_group:
            search_register(Door.ADMIN, viewset.search_group, rows_finder(viewset))
    register_snippet(target)
