"""Professionals for another software: who they are at work. Neither address nor telephone."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope
from formation.people.models import Professional


class ProfessionalSerializer(serializers.ModelSerializer):
    employer = Link("code_name")

    class Meta:
        model = Professional
        fields = ["id", "last_name", "first_name", "profession", "employer", "employer_type", "territory"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Professionnels formés ou accompagnés"),
    retrieve=extend_schema(summary="Un professionnel"),
)
class ProfessionalViewSet(ResourceViewSet):
    """Professionnels que le lecteur peut voir : l’équipe de sa structure, ses stagiaires, ou lui-même."""

    opened_by = TokenScope.TRAINING_READ
    queryset = Professional.objects.none()
    serializer_class = ProfessionalSerializer
    filterset_fields = {"employer": ["exact"], "profession": ["exact"], "territory": ["exact"]}
    ordering_fields = ["last_name"]
    ordering = ["last_name", "first_name"]
    journal_kind = "professional"

    def get_queryset(self) -> QuerySet[Professional]:
        return Professional.objects.filter(is_test=False, merged_into=None)


ROUTES = [("formation/professionals", ProfessionalViewSet, "formation-professional")]
