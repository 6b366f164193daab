"""Incidents for another software: type, severity, dates, who was told. Never a confidential one, never words."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.incidents.models.declared import AuthorityNotice, Incident
from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope


class NoticeSerializer(serializers.ModelSerializer):
    class Meta:
        model = AuthorityNotice
        fields = ["authority", "told_at"]
        read_only_fields = fields


class IncidentSerializer(serializers.ModelSerializer):
    partner = Link("code_name")
    authorities = NoticeSerializer(source="notices", many=True, read_only=True)

    class Meta:
        model = Incident
        fields = [
            "id", "reference", "partner", "incident_type", "severity", "state", "occurred_at", "noticed_at",
            "declared_at", "acknowledged_at", "closed_at", "has_analysis", "is_drill", "authorities",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Incidents"), retrieve=extend_schema(summary="Un incident"))
class IncidentViewSet(ResourceViewSet):
    """Incidents que le lecteur peut voir, confidentiels exclus ; une autorité ne lit pas à qui d’autre on l’a dit."""

    opened_by = TokenScope.INCIDENT_READ
    queryset = Incident.objects.none()
    serializer_class = IncidentSerializer
    filterset_fields = {
        "reference": ["exact"],
        "partner": ["exact"],
        "incident_type": ["exact"],
        "severity": ["exact"],
        "state": ["exact"],
        "declared_at": ["gte", "lt"],
        "is_drill": ["exact"],
    }
    ordering_fields = ["declared_at", "reference"]
    ordering = ["-declared_at"]
    journal_kind = "incident"

    def get_queryset(self) -> QuerySet[Incident]:
        return Incident.objects.real().filter(is_confidential=False).prefetch_related("notices")


ROUTES = [("incidents", IncidentViewSet, "incident")]
