"""Stays, absences and reviews for another software: structure, dates and codes. Neither address nor words."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.files.selectors import of_test
from cases.stays.models import Absence, Placement
from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope


class StaySerializer(serializers.ModelSerializer):
    case = Link("reference")
    partner = Link("code_name")

    class Meta:
        model = Placement
        fields = [
            "id", "case", "partner", "arrived_at", "confirmed_at", "age_at_arrival", "legal_frame",
            "legal_frame_ends_on", "ended_on", "end_reason", "outside_reason",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Séjours"), retrieve=extend_schema(summary="Un séjour"))
class StayViewSet(ResourceViewSet):
    """Séjours que le lecteur peut voir, sans identité."""

    opened_by = TokenScope.STAY_READ
    queryset = Placement.objects.none()
    serializer_class = StaySerializer
    filterset_fields = {
        "case": ["exact"],
        "partner": ["exact"],
        "arrived_at": ["gte", "lt"],
        "ended_on": ["gte", "lte", "isnull"],
        "end_reason": ["exact"],
    }
    ordering_fields = ["arrived_at"]
    ordering = ["-arrived_at"]
    journal_kind = "placement"

    def get_queryset(self) -> QuerySet[Placement]:
        return Placement.objects.exclude(of_test("case_id"))


class AbsenceSerializer(serializers.ModelSerializer):
    stay = Link("arrived_on", source="placement")

    class Meta:
        model = Absence
        fields = ["id", "stay", "starts_on", "ends_on", "is_runaway"]
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Absences et fugues"), retrieve=extend_schema(summary="Une absence"))
class AbsenceViewSet(ResourceViewSet):
    """Absences des séjours que le lecteur peut voir."""

    opened_by = TokenScope.STAY_READ
    queryset = Absence.objects.none()
    serializer_class = AbsenceSerializer
    filterset_fields = {
        "placement": ["exact"],
        "is_runaway": ["exact"],
        "starts_on": ["gte", "lte"],
        "ends_on": ["isnull"],
    }
    ordering_fields = ["starts_on"]
    ordering = ["-starts_on"]
    journal_kind = "placement"
    journal_owner = "placement_id"

    def get_queryset(self) -> QuerySet[Absence]:
        return Absence.objects.exclude(of_test("placement__case_id"))


ROUTES = [("stays", StayViewSet, "stay"), ("absences", AbsenceViewSet, "absence")]
