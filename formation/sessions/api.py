"""Enrolments for another software: who follows which session, and how many hours. Never the marks of one person."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import Link, ResourceViewSet
from formation.sessions.models.sessions import Enrolment


class EnrolmentSerializer(serializers.ModelSerializer):
    session = Link("title")
    professional = Link("__str__")
    employer = Link("code_name")

    class Meta:
        model = Enrolment
        fields = [
            "id", "session", "professional", "profession", "employer", "employer_type", "enrolled_at", "cancelled_at",
            "hours_present",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Inscriptions"), retrieve=extend_schema(summary="Une inscription"))
class EnrolmentViewSet(ResourceViewSet):
    """Inscriptions que le lecteur peut voir : celles de son équipe, de ses sessions, ou les siennes."""

    queryset = Enrolment.objects.none()
    serializer_class = EnrolmentSerializer
    filterset_fields = {
        "session": ["exact"],
        "professional": ["exact"],
        "employer": ["exact"],
        "cancelled_at": ["isnull"],
        "enrolled_at": ["gte", "lt"],
    }
    ordering_fields = ["enrolled_at"]
    ordering = ["-enrolled_at"]
    journal_kind = "enrolment"

    def get_queryset(self) -> QuerySet[Enrolment]:
        return Enrolment.objects.filter(session__is_test=False)


ROUTES = [("formation/enrolments", EnrolmentViewSet, "formation-enrolment")]
