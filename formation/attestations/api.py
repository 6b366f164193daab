"""Attestations for another software: what each says, whether it still holds. Not its words, which hold the name."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope
from formation.attestations.models import Attestation


class AttestationSerializer(serializers.ModelSerializer):
    professional = Link("__str__", source="enrolment.professional")
    replaces = Link("number")

    class Meta:
        model = Attestation
        fields = [
            "id", "number", "professional", "title", "starts_on", "ends_on", "expires_on", "issued_at", "replaces",
            "withdrawn_at", "withdrawn_why",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Attestations"), retrieve=extend_schema(summary="Une attestation"))
class AttestationViewSet(ResourceViewSet):
    """Attestations de l’équipe du lecteur, de ses sessions, ou les siennes."""

    opened_by = TokenScope.TRAINING_READ
    queryset = Attestation.objects.none()
    serializer_class = AttestationSerializer
    filterset_fields = {
        "number": ["exact"],
        "enrolment": ["exact"],
        "issued_at": ["gte", "lt"],
        "expires_on": ["gte", "lte"],
        "withdrawn_at": ["isnull"],
    }
    ordering_fields = ["number", "issued_at"]
    ordering = ["number"]
    journal_kind = "attestation"

    def get_queryset(self) -> QuerySet[Attestation]:
        return Attestation.objects.all()


ROUTES = [("formation/attestations", AttestationViewSet, "formation-attestation")]
