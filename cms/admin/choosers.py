"""Choosers of walled models: nothing without a right on the model, else the rows seen through the wall."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
)

from cms.admin.guard import guarded
from cms.wall.policies import READING

if TYPE_CHECKING:
    from wagtail.snippets.views.chooser import ChooseView as Chooser
else:
    Chooser = object


class ScopedRowsMixin(Chooser):
    def scoped_rows(self) -> QuerySet:
        return policy_registry.get_by_type(self.model_class).instances_user_has_any_permission_for(
            self.request.user, set(READING)
        )


class ScopedChooseView(ScopedRowsMixin, ChooseView):
    def get_object_list(self) -> QuerySet:
        return self.scoped_rows()


class ScopedChooseResultsView(ScopedRowsMixin, ChooseResultsView):
    def get_object_list(self) -> QuerySet:
        return self.scoped_rows()


class ScopedChosenMultipleView(ScopedRowsMixin, SnippetChosenMultipleView):
    def get_objects(self, pks: Sequence[Any]) -> QuerySet:
        return self.scoped_rows().filter(pk__in=pks)


class ScopedChooserViewSet(SnippetChooserViewSet):
    """Its views are guarded like those of the list; nothing is created from a chooser."""

    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_multiple_view_class = ScopedChosenMultipleView

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        return guarded(super().construct_view(view_class, **kwargs), model=self.model, actions=READING)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
