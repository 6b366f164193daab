"""API of the app: (path, viewset, basename), mounted by `cms.api` under `/api/v1/`."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.models import Acknowledgement, ClauseVersion, DocumentKind, DocumentVersion
from cms.documents.selectors import partner_to_sign_for, versions_of
from cms.documents.services import acknowledgement_sign


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


@extend_schema_view(
    list=extend_schema(summary="Versions publiées du référentiel"),
    retrieve=extend_schema(summary="Une version, avec ses clauses figées"),
)
class VersionViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = DocumentVersion.objects.none()
    filterset_fields = ["number", "is_major"]

    def get_queryset(self):
        versions = versions_of(DocumentKind.REFERENTIEL)
        return versions if self.action == "retrieve" else versions.prefetch_related(None)

    def get_serializer_class(self):
        return VersionDetailSerializer if self.action == "retrieve" else VersionSerializer


class AcknowledgementSerializer(serializers.ModelSerializer):
    version_number = serializers.CharField(source="version.number", read_only=True)

    class Meta:
        model = Acknowledgement
        fields = [
            "id", "version", "version_number", "partner", "signer_name", "signer_position", "signed_at",
            "version_hash", "clause_hashes", "previous",
        ]  # fmt: skip
        read_only_fields = fields


class SignSerializer(serializers.Serializer):
    version = serializers.PrimaryKeyRelatedField(
        queryset=DocumentVersion.objects.filter(document__kind=DocumentKind.REFERENTIEL),
        error_messages={"does_not_exist": "Cette version du référentiel n’existe pas."},
    )
    partner = serializers.UUIDField()
    position = serializers.CharField(max_length=120)


@extend_schema_view(
    list=extend_schema(summary="Prises de connaissance de mes structures"),
    retrieve=extend_schema(summary="Une prise de connaissance"),
)
class AcknowledgementViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    queryset = Acknowledgement.objects.none()
    serializer_class = AcknowledgementSerializer
    filterset_fields = ["partner", "version"]

    def get_queryset(self):
        rows = Acknowledgement.objects.filter(version__document__kind=DocumentKind.REFERENTIEL)
        return rows.select_related("version").order_by("-signed_at")

    @extend_schema(summary="Engager sa structure", request=SignSerializer, responses={201: AcknowledgementSerializer})
    def create(self, request: Request) -> Response:
        asked = SignSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = acknowledgement_sign(
            version=asked.validated_data["version"],
            partner=partner_to_sign_for(request.user, asked.validated_data["partner"]),
            signed_by=request.user,
            position=asked.validated_data["position"],
        )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


ROUTES = [
    ("referentiel/versions", VersionViewSet, "referentiel-version"),
    ("referentiel/acknowledgements", AcknowledgementViewSet, "referentiel-acknowledgement"),
]
