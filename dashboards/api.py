"""API of figures: the eight indicators, aggregated, for the coordination and the direction."""

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope
from dashboards.figures.selectors.report import figures_for
from dashboards.indicators.rules.results import KINDS, Grid
from dashboards.models import Indicator
from dashboards.periods import period_parse
from dashboards.policies import VIEW


class FigureSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the metaclass removes it from the class
    value = serializers.JSONField(
        help_text="Nombre, part de 0 à 1, heures, jours, euros, note sur 5 ou points selon `kind` ; null sans objet."
    )
    kind = serializers.ChoiceField(choices=KINDS)
    note = serializers.CharField()


class RowSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the metaclass removes it from the class
    n = serializers.IntegerField()


class BreakdownSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    unknown_rate = serializers.FloatField(help_text="Part de « Non renseigné », de 0 à 1.")
    rows = RowSerializer(many=True)


class GridSerializer(serializers.Serializer):
    """A table of several columns, in words and numbers: nights, cost, two cuts at once."""

    code = serializers.CharField()
    title = serializers.CharField()
    headers = serializers.ListField(child=serializers.CharField())
    kinds = serializers.SerializerMethodField(help_text="Ce que sont les nombres de chaque colonne.")
    rows = serializers.ListField(child=serializers.ListField(child=serializers.JSONField()))
    note = serializers.CharField()

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=KINDS)))
    def get_kinds(self, grid: Grid) -> list[str]:
        return [grid.kind(place) if place else "text" for place in range(len(grid.headers))]


class IndicatorSerializer(serializers.Serializer):
    """One indicator of the call: figures, breakdowns, and the version of the definition that gave them."""

    code = serializers.CharField(source="definition.code")
    label = serializers.CharField(source="definition.label")  # type: ignore[assignment]  # the metaclass removes it from the class
    definition_version = serializers.CharField(source="definition.version")
    headline = FigureSerializer(many=True)
    companions = FigureSerializer(many=True)
    breakdowns = BreakdownSerializer(many=True)
    tables = GridSerializer(many=True, source="grids")
    notes = serializers.ListField(child=serializers.CharField())


class IndicatorsSerializer(serializers.Serializer):
    first = serializers.DateField(source="period.first")
    last = serializers.DateField(source="period.last")
    as_of = serializers.DateField(source="period.as_of")
    computed_at = serializers.DateTimeField()
    indicators = IndicatorSerializer(many=True)


DAYS = [
    OpenApiParameter("du", OpenApiTypes.DATE, required=True, description="Premier jour, compris."),
    OpenApiParameter("au", OpenApiTypes.DATE, required=True, description="Dernier jour, compris."),
]


class IndicatorViewSet(Conventions, ViewSet):
    """Aggregated figures of a period; no row, no reference."""

    opened_by = TokenScope.FIGURES_READ
    queryset = Indicator.objects.none()
    parameters = ("du", "au")

    def get_queryset(self) -> QuerySet[Indicator]:
        """Return nothing: figures are computed, never listed from a table."""
        return Indicator.objects.none()

    @extend_schema(summary="Indicateurs d’une période", parameters=DAYS, responses=IndicatorsSerializer)
    def list(self, request: Request) -> Response:
        if not request.user.has_perm(VIEW):
            raise Http404
        try:
            period = period_parse(request.query_params.get("du", ""), request.query_params.get("au", ""))
        except Refused as error:
            raise ValidationError(error.message_dict) from error
        return Response(IndicatorsSerializer(figures_for(request.user, period)).data)


ROUTES = [("indicators", IndicatorViewSet, "indicator")]
