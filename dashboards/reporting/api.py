"""API of what is published, for the State's own systems: definitions, periods, releases. Aggregated data alone."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as Refused
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope
from dashboards.indicators.rules.definitions import COMMON_RULES, DEFINITIONS
from dashboards.indicators.rules.results import KINDS
from dashboards.periods import period_parse
from dashboards.reporting.common.policies import reads_releases
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.selectors import published, release_dated, release_of_trace, release_read


class DefinitionSerializer(serializers.Serializer):
    """How an indicator is counted. `version` changes with the rules: compare it before comparing two exports."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the metaclass removes it from the class
    unit = serializers.CharField()
    dating = serializers.CharField()
    rules = serializers.ListField(child=serializers.CharField())
    common_rules = serializers.ListField(child=serializers.CharField())
    version = serializers.CharField()
    is_qualitative = serializers.BooleanField()


class PeriodSerializer(serializers.Serializer):
    """A published period. `trace` names it on every paper."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    trace = serializers.CharField()
    published_at = serializers.DateTimeField(source="agreed_at")


class ReleasedFigureSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the metaclass removes it from the class
    kind = serializers.ChoiceField(choices=KINDS)
    value = serializers.JSONField(help_text="null sans objet, ou masqué.")
    is_hidden = serializers.BooleanField(help_text="Vrai quand le nombre est masqué.")
    note = serializers.CharField()


class ReleasedTableSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    headers = serializers.ListField(child=serializers.CharField())
    rows = serializers.JSONField(help_text="Une ligne : son intitulé, puis ses nombres ; null quand il est masqué.")


class ReleasedIndicatorSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the metaclass removes it from the class
    version = serializers.CharField(help_text="Version de la définition, au jour de la clôture.")
    figures = ReleasedFigureSerializer(many=True)
    tables = ReleasedTableSerializer(many=True)
    comment = serializers.CharField()


class ReleaseSerializer(PeriodSerializer):
    """Everything published of a period. The same cells are hidden here as on the page and on paper."""

    indicators = serializers.SerializerMethodField()
    coverage = serializers.SerializerMethodField()
    targets = serializers.SerializerMethodField()

    @extend_schema(responses=ReleasedIndicatorSerializer(many=True))
    def get_indicators(self, release: Release) -> list[dict[str, Any]]:
        items = [item | {"comment": release.comments.get(item["code"], "")} for item in release.content["indicators"]]
        return list(ReleasedIndicatorSerializer(items, many=True).data)

    def get_coverage(self, release: Release) -> dict[str, str]:
        """Code of each territory whose authority is under convention: `covered` or `partial`."""
        return release.content["map"]

    def get_targets(self, release: Release) -> dict[str, int]:
        """Targets of the convention year, by code of figure."""
        return release.content.get("targets") or {}


class ReadingViewSet(Conventions, ViewSet):
    opened_by = TokenScope.FIGURES_READ
    queryset = Release.objects.none()
    is_aggregate = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not reads_releases():
            raise Http404


class DefinitionViewSet(ReadingViewSet):
    """Definitions in use today; a release carries those of its own day."""

    @extend_schema(summary="Définitions des indicateurs", responses=DefinitionSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows = [
            {**vars(definition), "rules": list(definition.rules), "common_rules": list(COMMON_RULES)}
            for definition in DEFINITIONS.values()
        ]
        return Response(DefinitionSerializer(rows, many=True).data)


DAYS = [
    OpenApiParameter("du", OpenApiTypes.DATE, required=True, description="Premier jour de la période publiée."),
    OpenApiParameter("au", OpenApiTypes.DATE, required=True, description="Son dernier jour."),
]


class ReleaseViewSet(ReadingViewSet):
    """What is published. No filter and no other cut: choosing them would tell what is hidden."""

    lookup_value_regex = "[0-9a-f-]{36}"

    @extend_schema(summary="Périodes publiées", responses=PeriodSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response(PeriodSerializer(published(), many=True).data)

    @extend_schema(
        summary="Une publication",
        responses=ReleaseSerializer,
        parameters=[OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
    )
    def retrieve(self, request: Request, pk: UUID | None = None) -> Response:
        return self._answer(release_read(pk))

    @extend_schema(summary="La publication de ces jours", parameters=DAYS, responses=ReleaseSerializer)
    @action(detail=False, parameters=("du", "au"))
    def period(self, request: Request) -> Response:
        days = [request.query_params.get(name, "") for name in ("du", "au")]
        try:
            period = period_parse(*days)
            release = release_dated(period.first, period.last)
        except Refused as error:
            raise ValidationError(error.message_dict) from error
        return self._answer(release)

    @extend_schema(
        summary="La publication d’un code de trace",
        parameters=[OpenApiParameter("code", OpenApiTypes.STR, required=True)],
        responses=ReleaseSerializer,
    )
    @action(detail=False, url_path="trace", url_name="trace", parameters=("code",))
    def by_trace(self, request: Request) -> Response:
        return self._answer(release_of_trace(request.query_params.get("code", "")))

    def _answer(self, release: Release | None) -> Response:
        if release is None:
            raise Http404
        journal_append(
            action="reporting.release.read",
            kind="release",
            object_id=release.pk,
            outcome=Outcome.READ,
            details={"kind": "api"},
        )
        return Response(ReleaseSerializer(release).data)


ROUTES = [("definitions", DefinitionViewSet, "definition"), ("releases", ReleaseViewSet, "release")]
