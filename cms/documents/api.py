"""API of documents made of articles: (path, viewset, basename). Read only: who signs does so in person."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.enums import OWN_PAGES
from cms.documents.pages.selectors import source_of
from cms.documents.versions.models import ClauseVersion, DocumentVersion
from cms.documents.versions.rules.differences import Change, difference
from cms.documents.versions.selectors import IN_ORDER, version_previous
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope


class DocumentVersionSerializer(serializers.ModelSerializer):
    document = serializers.CharField(source="document.kind", read_only=True)

    class Meta:
        model = DocumentVersion
        fields = [
            "id", "document", "number", "sequence", "is_major", "change_note", "effective_on", "published_at",
            "content_hash",
        ]  # fmt: skip
        read_only_fields = fields


class ArticleSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClauseVersion
        fields = ["code", "position", "content", "content_hash"]
        read_only_fields = fields


class DocumentVersionDetailSerializer(DocumentVersionSerializer):
    clauses = ArticleSerializer(many=True, read_only=True)

    class Meta(DocumentVersionSerializer.Meta):
        fields = [*DocumentVersionSerializer.Meta.fields, "content", "clauses"]
        read_only_fields = fields


class WordsSerializer(serializers.Serializer):
    text = serializers.CharField()
    change = serializers.ChoiceField(choices=[change.value for change in Change])


class ArticlePartSerializer(serializers.Serializer):
    # The stubs take a declared field for the option of the same name.
    label = serializers.CharField()  # type: ignore[assignment]
    runs = WordsSerializer(many=True)


class ArticleDifferenceSerializer(serializers.Serializer):
    code = serializers.CharField()
    change = serializers.ChoiceField(choices=[change.value for change in Change])
    texts = serializers.DictField(child=serializers.CharField())
    parts = ArticlePartSerializer(many=True)


class DocumentDifferenceSerializer(serializers.Serializer):
    before = DocumentVersionSerializer()
    after = DocumentVersionSerializer()
    head = ArticlePartSerializer(many=True)
    clauses = ArticleDifferenceSerializer(many=True)


@extend_schema_view(
    list=extend_schema(summary="Versions publiées des documents du réseau"),
    retrieve=extend_schema(summary="Une version d’un document, avec ses articles figés"),
)
class DocumentVersionViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    opened_by = TokenScope.DOCUMENT_READ
    queryset = DocumentVersion.objects.none()
    filterset_fields = ["document__kind", "number", "is_major"]
    ordering_fields = ["document__kind", "sequence", "published_at"]
    ordering = ["document__kind", "-sequence"]

    def get_queryset(self) -> QuerySet:
        rows = DocumentVersion.objects.exclude(document__kind__in=OWN_PAGES).select_related("document")
        return rows if self.action == "list" else rows.prefetch_related(IN_ORDER)

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return DocumentVersionSerializer if self.action == "list" else DocumentVersionDetailSerializer

    @extend_schema(
        summary="Ce qui a changé dans une version d’un document, depuis la précédente",
        responses=DocumentDifferenceSerializer,
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def difference(self, request: Request, pk: str | None = None) -> Response:
        version = self.get_object()
        before, source = version_previous(version), source_of(version.document.kind)
        if before is None:
            raise NotFound("Cette version est la première : il n’y a rien à comparer.")
        result = difference(before, version, readable=source.readable, head=source.head)
        return Response(DocumentDifferenceSerializer(result).data)


ROUTES = [("documents/versions", DocumentVersionViewSet, "document-version")]
