"""What the lists and files of minors share in the admin."""

import django_filters
from django.shortcuts import get_object_or_404

from cms.admin.viewsets import ScopedInspectView
from cms.partners.models import Partner


def structure_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="partner",
        label="Structure",
        queryset=lambda request: Partner.objects.structures(),
        empty_label="Toutes",
    )


class FileInspectView(ScopedInspectView):
    """A file: `related` is read with the row."""

    related: tuple[str, ...] = ()

    def get_object(self, queryset=None):
        return get_object_or_404(self.model.objects.select_related(*self.related), pk=self.pk)
