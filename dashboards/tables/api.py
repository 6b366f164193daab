"""Saved tables as addresses: what was composed on screen, a software reads, worked out at each reading."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.api.errors import Refused
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope
from dashboards.policies import VIEW
from dashboards.tables.models import SavedTable
from dashboards.tables.selectors import TableContent, table_build, table_wanted
from dashboards.tables.services import KIND

GONE = "Ce tableau lit un détail qui n’existe plus : la personne qui l’a fait doit le composer de nouveau."


class SavedTableSerializer(serializers.ModelSerializer):
    class Meta:
        model = SavedTable
        fields = ["id", "title", "data", "rows_by", "columns_by", "measure", "span", "is_shared", "changed_at"]
        read_only_fields = fields


class TableRowSerializer(serializers.Serializer):
    # The metaclass of a serializer takes its fields away: none hides an attribute of Field.
    label = serializers.CharField()  # type: ignore[assignment]
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))


class TableSerializer(serializers.Serializer):
    """Un tableau calculé : ses lignes, puis son total, qui n’en est pas toujours la somme."""

    title = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    unit = serializers.CharField()
    headers = serializers.ListField(child=serializers.CharField())
    rows = TableRowSerializer(many=True)
    total = serializers.ListField(child=serializers.FloatField(allow_null=True))
    note = serializers.CharField()


class TableViewSet(Conventions, GenericViewSet):
    """Tableaux du lecteur, et ceux que la coordination partage."""

    opened_by = TokenScope.FIGURES_READ
    queryset = SavedTable.objects.none()
    serializer_class = SavedTableSerializer
    filterset_fields = {"is_shared": ["exact"]}
    ordering_fields = ["title", "changed_at"]
    ordering = ["title"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.has_perm(VIEW):
            raise Http404

    def get_queryset(self) -> QuerySet[SavedTable]:
        return SavedTable.objects.filter(removed_at=None)

    @extend_schema(summary="Tableaux enregistrés", responses=SavedTableSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @extend_schema(
        summary="Un tableau, calculé maintenant",
        responses=TableSerializer,
        parameters=[OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
    )
    def retrieve(self, request: Request, pk: uuid.UUID | None = None) -> Response:
        table = self.get_object()
        try:
            built = table_build(request.user, table_wanted(table))
        except ValidationError as error:
            raise Refused(409, GONE) from error
        journal_append(action="dashboards.table.read", kind=KIND, object_id=table.pk, outcome=Outcome.READ)
        return Response(TableSerializer(_drawn(table, built)).data)


def _drawn(table: SavedTable, built: TableContent) -> dict[str, Any]:
    wanted = built.wanted
    return {
        "title": table.title,
        "first": wanted.period.first,
        "last": wanted.period.last,
        "unit": wanted.unit,
        "headers": built.headers,
        "rows": [{"label": label, "values": values} for label, values in built.rows],
        "total": built.total,
        "note": built.note,
    }


ROUTES = [("tables", TableViewSet, "table")]
