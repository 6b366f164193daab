"""What the lists and files of minors share in the admin."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cms.admin.viewsets import ScopedInspectView
from cms.kit.blocks import Action
from cms.partners.models import Partner


def structure_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="partner",
        label="Structure",
        queryset=lambda request: Partner.objects.structures(),
        empty_label="Toutes",
    )


class FileInspectView(ScopedInspectView):
    """A file: `related` is read with the row; `steps` are (label, page, is it allowed, is it the main one)."""

    related: tuple[str, ...] = ()
    namespace = ""

    def get_object(self, queryset=None):
        return get_object_or_404(self.model.objects.select_related(*self.related), pk=self.pk)

    def steps(self) -> list[tuple[str, str, bool, bool]]:
        return []

    def actions(self):
        return [
            Action(label, reverse(f"{self.namespace}:{page}", args=[self.object.pk]), is_main)
            for label, page, is_allowed, is_main in self.steps()
            if is_allowed
        ]
