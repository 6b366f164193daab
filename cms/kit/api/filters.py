"""Filters of the API: what a filter does not understand is refused, never taken for nothing."""

import datetime as dt
from typing import Any

import django_filters
from django.db import models
from django.db.models import Field
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend, FilterSet

from cms.kit.forms.fields import moment_within_reach

WORDS = {"true": True, "false": False}


class YesNoFilter(django_filters.TypedChoiceFilter):
    """`true` or `false`; the filter of the library takes any other word for no filter."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [(word, word) for word in WORDS]
        super().__init__(**{**kwargs, "choices": choices, "coerce": WORDS.__getitem__})


class IsoMomentField(IsoDateTimeField):
    def to_python(self, value: Any) -> dt.datetime | None:
        return moment_within_reach(super().to_python(value))


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A moment of ISO 8601, as far as the database can hold it."""

    field_class = IsoMomentField


class LinkFilter(django_filters.UUIDFilter):
    """Rows of another row, by its identifier: one that is hidden filters as one that does not exist."""

    def __init__(self, *, related: type[models.Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.related = related

    def filter(self, qs: models.QuerySet, value: Any) -> models.QuerySet:
        if value and not self.related._default_manager.filter(pk=value).exists():
            return qs.none()
        return super().filter(qs, value)


class StrictFilterSet(FilterSet):
    FILTER_DEFAULTS = {
        **FilterSet.FILTER_DEFAULTS,
        models.BooleanField: {"filter_class": YesNoFilter},
        models.DateTimeField: {"filter_class": MomentFilter},
    }

    @classmethod
    def filter_for_lookup(cls, field: Field, lookup_type: str) -> tuple[Any, dict[str, Any]]:
        if isinstance(field, models.ForeignKey) and isinstance(field.target_field, models.UUIDField):
            return LinkFilter, {"related": field.related_model}
        return super().filter_for_lookup(field, lookup_type)


class StrictFilters(DjangoFilterBackend):
    filterset_base = StrictFilterSet
