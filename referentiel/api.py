"""API of the app: (path, viewset, basename), mounted by `cms.api` under `/api/v1/`."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.models import Acknowledgement, ClauseVersion, DocumentKind, DocumentVersion
from cms.documents.signatures.selectors import State, adherences_of
from cms.documents.versions.rules.differences import Change
from cms.documents.versions.selectors import version_in_force, versions_of
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope
from cms.users.roles import Role
from cms.wall import scope
from referentiel.assessments.models import Assessment, Mark, PlanStep
from referentiel.reading.rules import changes_between
from referentiel.reading.selectors import own_structures, version_compared, versions_with_clauses
from referentiel.steering.selectors import structures_watched


class VersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = DocumentVersion
        fields = [
            "id", "number", "sequence", "is_major", "change_note", "effective_on", "published_at", "content_hash",
        ]  # fmt: skip
        read_only_fields = fields


class ClauseSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClauseVersion
        fields = ["code", "chapter", "position", "content", "content_hash"]
        read_only_fields = fields


class VersionDetailSerializer(VersionSerializer):
    clauses = ClauseSerializer(many=True, read_only=True)

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "content", "clauses"]
        read_only_fields = fields


class SinceSerializer(serializers.Serializer):
    since = serializers.PrimaryKeyRelatedField(
        queryset=DocumentVersion.objects.filter(document__kind=DocumentKind.REFERENTIEL),
        required=False,
        error_messages={"does_not_exist": "Cette version du référentiel n’existe pas."},
    )


class RunSerializer(serializers.Serializer):
    text = serializers.CharField()
    change = serializers.ChoiceField(choices=[change.value for change in Change])


class PartSerializer(serializers.Serializer):
    # The metaclass of a serializer takes its fields away: none hides an attribute of Field.
    label = serializers.CharField()  # type: ignore[assignment]  # the stub takes it for Field.label
    runs = RunSerializer(many=True)


class ClauseDifferenceSerializer(serializers.Serializer):
    code = serializers.CharField()
    chapter = serializers.CharField()
    change = serializers.ChoiceField(choices=[change.value for change in Change])
    texts = serializers.DictField(child=serializers.CharField())
    parts = PartSerializer(many=True)


class DifferenceSerializer(serializers.Serializer):
    before = VersionSerializer()
    after = VersionSerializer()
    head = PartSerializer(many=True)
    clauses = ClauseDifferenceSerializer(many=True)


@extend_schema_view(
    list=extend_schema(summary="Versions publiées du référentiel"),
    retrieve=extend_schema(summary="Une version, avec ses clauses figées"),
)
class VersionViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    opened_by = TokenScope.DOCUMENT_READ
    queryset = DocumentVersion.objects.none()
    filterset_fields = ["number", "is_major"]
    ordering_fields = ["sequence", "published_at"]
    ordering = ["-sequence"]

    def get_queryset(self) -> QuerySet[DocumentVersion]:
        versions = versions_of(DocumentKind.REFERENTIEL)
        return versions if self.action == "retrieve" else versions.prefetch_related(None)

    def get_serializer_class(self) -> type[VersionSerializer]:
        return VersionDetailSerializer if self.action == "retrieve" else VersionSerializer

    @extend_schema(
        summary="Ce qui a changé dans une version",
        description="Depuis `since`, ou depuis la version que ma structure a signée, ou depuis la précédente.",
        parameters=[OpenApiParameter("since", OpenApiTypes.UUID, description="Version à comparer.")],
        responses=DifferenceSerializer,
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[], parameters=("since",))
    def difference(self, request: Request, pk: str | None = None) -> Response:
        version = self.get_object()
        query = SinceSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        structures = own_structures()
        before = query.validated_data.get("since") or version_compared(version, structures[0] if structures else None)
        if before is None:
            raise NotFound("Cette version est la première : il n’y a rien à comparer.")
        changes = changes_between(*versions_with_clauses([before, version]))
        return Response(DifferenceSerializer(changes).data)


class AcknowledgementSerializer(serializers.ModelSerializer):
    version_number = serializers.CharField(source="version.number", read_only=True)
    is_on_paper = serializers.BooleanField(read_only=True)

    class Meta:
        model = Acknowledgement
        fields = [
            "id", "version", "version_number", "partner", "signer_name", "signer_position", "signed_at",
            "is_on_paper", "version_hash", "clause_hashes", "previous",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Prises de connaissance de mes structures"),
    retrieve=extend_schema(summary="Une prise de connaissance"),
)
class AcknowledgementViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    """Read only: who signs does so in person, behind a strong session, and never through a software."""

    opened_by = TokenScope.DOCUMENT_READ
    queryset = Acknowledgement.objects.none()
    serializer_class = AcknowledgementSerializer
    filterset_fields = ["partner", "version"]
    ordering_fields = ["signed_at"]
    ordering = ["-signed_at"]

    def get_queryset(self) -> QuerySet[Acknowledgement]:
        rows = Acknowledgement.objects.filter(version__document__kind=DocumentKind.REFERENTIEL)
        return rows.select_related("version")


class MarkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Mark
        fields = ["code", "level", "value", "is_to_confirm", "marked_at"]
        read_only_fields = fields


class PlanStepSerializer(serializers.ModelSerializer):
    class Meta:
        model = PlanStep
        fields = ["code", "what", "pilot", "due_on", "proof", "done_on"]
        read_only_fields = fields


class AssessmentSerializer(serializers.ModelSerializer):
    year = serializers.IntegerField(source="campaign.year", read_only=True)

    class Meta:
        model = Assessment
        fields = ["id", "year", "partner", "version", "started_at", "submitted_at"]
        read_only_fields = fields


class AssessmentDetailSerializer(AssessmentSerializer):
    marks = MarkSerializer(many=True, read_only=True)
    steps = PlanStepSerializer(many=True, read_only=True)

    class Meta(AssessmentSerializer.Meta):
        fields = [*AssessmentSerializer.Meta.fields, "marks", "steps"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Auto-évaluations de mes structures"),
    retrieve=extend_schema(summary="Une auto-évaluation, avec ses cotations et ses actions"),
)
class AssessmentViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    opened_by = TokenScope.DOCUMENT_READ
    queryset = Assessment.objects.none()
    filterset_fields = ["partner", "campaign__year"]
    ordering_fields = ["campaign__year", "started_at"]
    ordering = ["-campaign__year"]

    def get_queryset(self) -> QuerySet[Assessment]:
        rows = Assessment.objects.select_related("campaign")
        return rows.prefetch_related("marks", "steps") if self.action == "retrieve" else rows

    def get_serializer_class(self) -> type[AssessmentSerializer]:
        return AssessmentDetailSerializer if self.action == "retrieve" else AssessmentSerializer


class StandingSerializer(serializers.Serializer):
    partner = serializers.UUIDField(source="partner.pk")
    state = serializers.ChoiceField(choices=[state.value for state in State])
    due_on = serializers.DateField()
    signed_version = serializers.UUIDField(source="signed.version_id", allow_null=True, default=None)
    readers = serializers.IntegerField(source="rate.readers", allow_null=True, default=None)
    people = serializers.IntegerField(source="rate.people", allow_null=True, default=None)


class StandingViewSet(Conventions, viewsets.ViewSet):
    opened_by = TokenScope.DOCUMENT_READ

    @extend_schema(
        summary="Où en sont mes structures : engagement et lecture",
        description="`readers` : professionnels rattachés qui ont lu chaque chapitre, sur `people` ; pour la "
        "direction de la structure et la coordination, qui voient les lectures de tous.",
        responses=StandingSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        version, today = version_in_force(DocumentKind.REFERENTIEL), timezone.localdate()
        if version is None:
            return Response([])
        sees_all = scope.current().sees_all_cases()
        partners = list(structures_watched(today)) if sees_all else own_structures()
        # A rate counted on one's own readings alone would be wrong: none is given.
        counted = None if sees_all else scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
        rows = [
            row if counted is None or row.partner.pk in counted else replace(row, rate=None)
            for row in adherences_of(partners, version, today)
        ]
        return Response(StandingSerializer(rows, many=True).data)


ROUTES = [
    ("referentiel/versions", VersionViewSet, "referentiel-version"),
    ("referentiel/acknowledgements", AcknowledgementViewSet, "referentiel-acknowledgement"),
    ("referentiel/assessments", AssessmentViewSet, "referentiel-assessment"),
    ("referentiel/standings", StandingViewSet, "referentiel-standing"),
]
