"""Stays, absences and reviews for another software: structure, dates and codes. Neither address nor words."""

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.files.models import Case
from cases.stays.models import Absence, Placement
from cms.kit.api.resources import Link, ResourceViewSet


def _tests(case: str) -> Exists:
    """Match the rows of a test file without joining it: the file of a stay that is over is hidden."""
    return Exists(Case.objects.filter(pk=OuterRef(case), is_test=True))


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
        return Placement.objects.filter(~_tests("case_id"))


class AbsenceSerializer(serializers.ModelSerializer):
    stay = Link("arrived_on", source="placement")

    class Meta:
        model = Absence
        fields = ["id", "stay", "starts_on", "ends_on", "is_runaway"]
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Absences et fugues"), retrieve=extend_schema(summary="Une absence"))
class AbsenceViewSet(ResourceViewSet):
    """Absences des séjours que le lecteur peut voir."""

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
        return Absence.objects.filter(~_tests("placement__case_id"))


ROUTES = [("stays", StayViewSet, "stay"), ("absences", AbsenceViewSet, "absence")]
