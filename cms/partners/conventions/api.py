"""Conventions for another software: their stage and their dates."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import Link, ResourceViewSet
from cms.partners.conventions.models import Convention
from cms.sessions.scopes.rules import TokenScope


class ConventionSerializer(serializers.ModelSerializer):
    partner = Link("code_name")

    class Meta:
        model = Convention
        fields = ["id", "partner", "reference", "stage", "signed_on", "starts_on", "ends_on", "denounced_on"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Conventions du réseau"), retrieve=extend_schema(summary="Une convention du réseau")
)
class ConventionViewSet(ResourceViewSet):
    """Conventions que le lecteur peut voir."""

    opened_by = TokenScope.PARTNER_READ
    queryset = Convention.objects.none()
    serializer_class = ConventionSerializer
    filterset_fields = {"partner": ["exact"], "stage": ["exact"], "ends_on": ["gte", "lte", "isnull"]}
    ordering_fields = ["reference"]
    ordering = ["reference"]

    def get_queryset(self) -> QuerySet[Convention]:
        return Convention.objects.filter(partner__is_test=False)


ROUTES = [("conventions", ConventionViewSet, "convention")]
