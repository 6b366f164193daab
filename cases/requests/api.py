"""Requests for another software, in codes and dates: neither words, nor identity, nor where the minor is."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.requests.models import Sollicitation
from cms.kit.api.resources import Link, ResourceViewSet


class RequestSerializer(serializers.ModelSerializer):
    case = Link("reference")
    requester = Link("code_name")
    forms = serializers.SerializerMethodField(help_text="Formes d’exploitation présumées, la principale d’abord.")

    class Meta:
        model = Sollicitation
        fields = [
            "id", "reference", "state", "case", "requester", "requester_type", "channel", "nature", "urgency", "forms",
            "age_at_reception", "sex", "origin", "exploitation_place", "received_at", "first_answered_at", "placed_at",
            "outcome", "closed_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_forms(self, row: Sollicitation) -> list[str]:
        return [form.form_id for form in sorted(row.forms.all(), key=lambda form: (not form.is_main, form.form_id))]


@extend_schema_view(list=extend_schema(summary="Demandes"), retrieve=extend_schema(summary="Une demande"))
class RequestViewSet(ResourceViewSet):
    """Demandes que le lecteur peut voir : celles de son service, ou toutes pour la coordination."""

    queryset = Sollicitation.objects.none()
    serializer_class = RequestSerializer
    filterset_fields = {
        "reference": ["exact"],
        "state": ["exact"],
        "nature": ["exact"],
        "urgency": ["exact"],
        "requester": ["exact"],
        "case": ["exact"],
        "received_at": ["gte", "lt"],
    }
    ordering_fields = ["received_at", "reference"]
    ordering = ["-received_at"]
    journal_kind = "sollicitation"

    def get_queryset(self) -> QuerySet[Sollicitation]:
        return Sollicitation.objects.real().prefetch_related("forms")


ROUTES = [("requests", RequestViewSet, "request")]
