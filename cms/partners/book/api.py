"""Partners and places for another software. Neither real name, address, nor number that leads to one."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import Link, ResourceViewSet
from cms.partners.book.models import Partner, Place, Suspension
from cms.sessions.scopes.rules import TokenScope


class PartnerSerializer(serializers.ModelSerializer):
    is_suspended = serializers.BooleanField(help_text="Nouvelles arrivées suspendues aujourd’hui.")
    places = serializers.IntegerField(
        source="places_open", help_text="Places durables ouvertes aujourd’hui ; 0 hors des structures."
    )

    class Meta:
        model = Partner
        fields = [
            "id", "kind", "code_name", "structure_type", "requester_type", "territory", "ase_authority", "opened_on",
            "closed_on", "is_suspended", "places",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Partenaires du réseau"), retrieve=extend_schema(summary="Un partenaire du réseau")
)
class PartnerViewSet(ResourceViewSet):
    """Partenaires que le lecteur peut voir, sous leur nom d’usage."""

    opened_by = TokenScope.PARTNER_READ
    queryset = Partner.objects.none()
    serializer_class = PartnerSerializer
    filterset_fields = {
        "kind": ["exact"],
        "structure_type": ["exact"],
        "territory": ["exact"],
        "opened_on": ["gte", "lte"],
        "closed_on": ["isnull"],
    }
    ordering_fields = ["code_name", "opened_on"]
    ordering = ["code_name"]

    def get_queryset(self) -> QuerySet[Partner]:
        day = timezone.localdate()
        is_open = Q(places__is_extra=False, places__starts_on__lte=day) & (
            Q(places__ends_on=None) | Q(places__ends_on__gte=day)
        )
        return Partner.objects.filter(is_test=False).annotate(
            is_suspended=Exists(Suspension.objects.on(day).filter(partner=OuterRef("pk"))),
            places_open=Count("places", filter=is_open),
        )


class PlaceSerializer(serializers.ModelSerializer):
    partner = Link("code_name")

    class Meta:
        model = Place
        fields = ["id", "partner", "starts_on", "ends_on", "is_extra"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Places des structures"), retrieve=extend_schema(summary="Une place d’une structure")
)
class PlaceViewSet(ResourceViewSet):
    """Places que le lecteur peut voir : leur structure et leurs dates."""

    opened_by = TokenScope.PARTNER_READ
    queryset = Place.objects.none()
    serializer_class = PlaceSerializer
    filterset_fields = {
        "partner": ["exact"],
        "is_extra": ["exact"],
        "starts_on": ["gte", "lte"],
        "ends_on": ["gte", "lte", "isnull"],
    }
    ordering_fields = ["starts_on"]
    ordering = ["starts_on"]

    def get_queryset(self) -> QuerySet[Place]:
        return Place.objects.filter(partner__is_test=False)


ROUTES = [("partners", PartnerViewSet, "partner"), ("places", PlaceViewSet, "place")]
