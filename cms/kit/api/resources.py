"""Base of what another software reads. A resource names its rows, its columns, its filters and its orders, once; the
wall says which rows there are.
"""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cms.journal.services import journal_read
from cms.kit.api.bulk import MOST, BulkRenderer, CsvRenderer, NdjsonRenderer
from cms.kit.api.errors import Refused
from cms.kit.api.filters import StrictFilters
from cms.kit.api.pages import ClosedOrdering, CursorPages
from cms.kit.api.views import Conventions


class Link(serializers.Serializer):
    """Another row, or null when the reader may not see it: an identifier that a 404 confirms would tell of it."""

    id = serializers.UUIDField()
    name = serializers.CharField()

    def __init__(self, attribute: str, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)
        self.attribute = attribute

    def to_representation(self, instance: Model) -> dict[str, str]:
        name = getattr(instance, self.attribute)
        return {"id": str(instance.pk), "name": str(name() if callable(name) else name)}


class ResourceViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    is_marked = True
    """One object has an ETag."""
    pagination_class = CursorPages
    filter_backends = [StrictFilters, ClosedOrdering]
    filterset_fields: dict[str, list[str]] = {}
    ordering_fields: list[str] = []
    """Columns that are never empty: a page begins after a value."""
    ordering: list[str] = []
    journal_kind = ""
    """Kind whose readings the journal keeps; empty for what tells of nobody."""
    journal_owner = "pk"
    """Attribute of a row that names the object of this kind."""

    def get_renderers(self) -> list[BaseRenderer]:
        bulk: list[BaseRenderer] = [NdjsonRenderer(), CsvRenderer()] if self.action == "list" else []
        return [*super().get_renderers(), *bulk]

    def fields(self) -> dict[str, serializers.Field]:
        row = self.get_serializer_class()()
        return dict(row.fields) if isinstance(row, serializers.Serializer) else {}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Read linked rows apart: joined, a row whose link is hidden would be hidden too."""
        fields = self.fields().values()
        links = [str(field.source).replace(".", "__") for field in fields if isinstance(field, Link)]
        return super().filter_queryset(queryset).prefetch_related(*links)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        is_bulk = isinstance(request.accepted_renderer, BulkRenderer)
        response = self.whole(request) if is_bulk else super().list(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept"])
        if self.journal_kind:
            rows = response.data["rows" if is_bulk else "results"]
            journal_read(self.journal_kind, None, details={"count": len(rows)})
        return response

    def whole(self, request: Request) -> Response:
        """Answer every row of the list, in one piece."""
        paged = {name: ["Un fichier n’a pas de pages."] for name in ("page_size", "cursor") if name in request.GET}
        if paged:
            raise ValidationError(paged)
        rows = list(self.filter_queryset(self.get_queryset())[: MOST + 1])
        if len(rows) > MOST:
            raise Refused(413, f"Plus de {MOST} lignes : ajoutez un filtre, ou lisez par pages.")
        parts = {name: field.fields if isinstance(field, Link) else () for name, field in self.fields().items()}
        columns = [f"{name}.{part}" for name, each in parts.items() for part in each or ("",)]
        data = self.get_serializer(rows, many=True).data
        return Response({"columns": [column.rstrip(".") for column in columns], "rows": data})

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        if self.journal_kind:
            journal_read(self.journal_kind, getattr(row, self.journal_owner))
        data = self.get_serializer(row).data
        mark = mark_of(data)
        held = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
        if mark in held or "*" in held:
            return Response(status=304, headers={"ETag": mark})
        return Response(data, headers={"ETag": mark})


def mark_of(data: Any) -> str:
    """Return the ETag of an answer: what this reader sees of the object, and nothing that another would."""
    drawn = json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(drawn.encode()).hexdigest()[:32]}"'
