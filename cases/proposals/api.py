"""Orientations and proposals for another software: dates and codes, neither the sheet nor words."""

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.files.selectors import of_test
from cases.proposals.models import Orientation, Proposal
from cases.requests.models import Sollicitation
from cms.kit.api.resources import Link, ResourceViewSet
from cms.sessions.scopes.rules import TokenScope


class OrientationSerializer(serializers.ModelSerializer):
    case = Link("reference")
    request = Link("reference", source="sollicitation")

    class Meta:
        model = Orientation
        fields = [
            "id", "case", "request", "decision", "decided_at", "age_at_decision", "ordinary_service", "cancelled_at",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Orientations"), retrieve=extend_schema(summary="Une orientation"))
class OrientationViewSet(ResourceViewSet):
    """Décisions de la coordination que le lecteur peut voir."""

    opened_by = TokenScope.PROPOSAL_READ
    queryset = Orientation.objects.none()
    serializer_class = OrientationSerializer
    filterset_fields = {"case": ["exact"], "decision": ["exact"], "decided_at": ["gte", "lt"]}
    ordering_fields = ["decided_at"]
    ordering = ["-decided_at"]
    journal_kind = "orientation"

    def get_queryset(self) -> QuerySet[Orientation]:
        return Orientation.objects.filter(sollicitation__is_test=False).exclude(of_test("case_id"))


class ProposalSerializer(serializers.ModelSerializer):
    orientation = Link("decision_id")
    partner = Link("code_name")

    class Meta:
        model = Proposal
        fields = [
            "id", "orientation", "partner", "sent_at", "answer_by", "answer", "refusal_reason", "available_from",
            "answered_at", "confirmed_at", "withdrawn_at",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Propositions"), retrieve=extend_schema(summary="Une proposition"))
class ProposalViewSet(ResourceViewSet):
    """Propositions envoyées à mes structures, ou toutes pour la coordination ; y répondre se fait en personne."""

    opened_by = TokenScope.PROPOSAL_READ
    queryset = Proposal.objects.none()
    serializer_class = ProposalSerializer
    filterset_fields = {
        "partner": ["exact"],
        "orientation": ["exact"],
        "answer": ["exact", "isnull"],
        "sent_at": ["gte", "lt"],
    }
    ordering_fields = ["sent_at", "answer_by"]
    ordering = ["-sent_at"]
    journal_kind = "proposal"

    def get_queryset(self) -> QuerySet[Proposal]:
        # A structure reads the proposal and not what led to it: joined, its own would be hidden from it.
        tests = Sollicitation.objects.filter(orientations__proposals=OuterRef("pk"), is_test=True)
        return Proposal.objects.without_words().filter(~Exists(tests))


ROUTES = [("orientations", OrientationViewSet, "orientation"), ("proposals", ProposalViewSet, "proposal")]
