"""What the lists and files of minors share in the admin."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from cms.admin.guard import row_guarded
from cms.admin.parts import Blocks, FilePart, blocks_of, facts_of, next_step_of, parts_on, parts_read
from cms.admin.viewsets import ScopedInspectView
from cms.kit.blocks import Facts


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
