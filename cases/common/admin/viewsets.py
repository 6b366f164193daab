"""What the lists and files of minors share in the admin."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from cms.admin.guard import row_guarded
from cms.admin.parts import Blocks, FilePart, blocks_of, facts_of, next_step_of, parts_on, parts_read
from cms.admin.viewsets import ScopedInspectView
from cms.kit.blocks import Facts
from cms.partners.models import Partner


def _structures(request: HttpRequest | None) -> QuerySet[Partner]:
    return Partner.objects.structures()


def structure_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="partner",
        label="Structure",
        queryset=_structures,
        empty_label="Toutes",
    )


class FileInspectView(ScopedInspectView):
    """A file: `related` is read with the row, `parts` are shown with those that other capabilities registered."""

    related: tuple[str, ...] = ()
    parts: tuple[FilePart, ...] = ()

    @cached_property
    def all_parts(self) -> list[FilePart]:
        return parts_on(self.model, self.parts)

    @classmethod
    def rows_of_file(cls, model: type[Model]) -> QuerySet[Any]:
        """Return the rows with all that their file shows: the guard of the view reads the one asked, once."""
        rows = model._default_manager.select_related(*cls.related)
        return parts_read(rows, parts_on(model, cls.parts))

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        return row_guarded(self.request)

    def blocks(self) -> Blocks:
        if not self.all_parts:
            return super().blocks()
        facts = facts_of(self.all_parts, self.object)
        return [*([Facts("Faits", facts)] if facts else []), *blocks_of(self.all_parts, self.object)]

    def next_step(self) -> str:
        return next_step_of(self.all_parts, self.object)
