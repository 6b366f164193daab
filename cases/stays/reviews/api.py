"""Reviews of a stay for another software: coded answers alone."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.files.selectors import of_test
from cases.stays.reviews.models import StayReview
from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope


class ReviewSerializer(serializers.ModelSerializer):
    stay = Link("arrived_on", source="placement")

    class Meta:
        model = StayReview
        fields = [
            "id",
            "stay",
            "milestone",
            "written_on",
            "safety",
            "needs_care",
            "schooling",
            "adhesion",
            "next_goal",
        ]
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Bilans de séjour"), retrieve=extend_schema(summary="Un bilan"))
class ReviewViewSet(ResourceViewSet):
    """Bilans des séjours en cours dans mes structures, ou tous pour la coordination : les réponses codées."""

    opened_by = TokenScope.STAY_READ
    queryset = StayReview.objects.none()
    serializer_class = ReviewSerializer
    filterset_fields = {"placement": ["exact"], "milestone": ["exact"], "written_on": ["gte", "lte"]}
    ordering_fields = ["written_on"]
    ordering = ["-written_on"]
    journal_kind = "placement"
    journal_owner = "placement_id"

    def get_queryset(self) -> QuerySet[StayReview]:
        return StayReview.objects.exclude(of_test("placement__case_id"))


ROUTES = [("reviews", ReviewViewSet, "review")]
