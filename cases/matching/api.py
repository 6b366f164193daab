"""What structures say of their places, for their own software: read, then confirmed."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.matching.selectors.places import Places, places_counted, structures_counted
from cases.matching.services import places_confirm_after
from cms.kit.api.resources import ResourceViewSet, mark_of
from cms.kit.api.writing import MATCH, ONCE, StrictSerializer, match_check
from cms.partners.models import Partner
from cms.sessions.calls.services import call_once
from cms.sessions.scopes.rules import TokenScope
from cms.users.models import User


class VacancySerializer(serializers.ModelSerializer):
    opened = serializers.IntegerField(source="n_opened", help_text="Places ouvertes au réseau aujourd’hui.")
    used = serializers.IntegerField(source="n_present", help_text="Places occupées.")
    held = serializers.IntegerField(source="n_held", help_text="Retenues par une proposition, pour un temps.")
    blocked = serializers.SerializerMethodField(help_text="Empêchées, d’après la dernière confirmation.")
    free = serializers.SerializerMethodField(help_text="Libres, pour le réseau.")
    told_at = serializers.DateTimeField(source="told", allow_null=True, help_text="Dernière confirmation.")

    class Meta:
        model = Partner
        fields = ["id", "code_name", "opened", "used", "held", "blocked", "free", "told_at"]
        read_only_fields = fields

    def get_blocked(self, row: Partner) -> int:
        return places_told(row).blocked

    def get_free(self, row: Partner) -> int:
        return places_told(row).free


class ConfirmationSerializer(StrictSerializer):
    """Nombre de places libres aujourd’hui."""

    free = serializers.IntegerField(min_value=0, max_value=500)


@extend_schema_view(
    list=extend_schema(summary="Places libres des structures"),
    retrieve=extend_schema(summary="Places libres d’une structure"),
)
class VacancyViewSet(ResourceViewSet):
    """Places libres : de la structure pour qui le lecteur répond, ou de toutes pour la coordination."""

    opened_by = TokenScope.PLACE_CONFIRM
    written_by = {"confirmations": TokenScope.PLACE_CONFIRM}
    queryset = Partner.objects.none()
    serializer_class = VacancySerializer
    filterset_fields = {"structure_type": ["exact"], "territory": ["exact"]}
    ordering_fields = ["code_name"]
    ordering = ["code_name"]
    refusals = {"confirmations": (409, 412, 422, 428)}

    def get_queryset(self) -> QuerySet[Partner]:
        return places_counted(structures_counted())

    @extend_schema(
        summary="Confirmer les places libres d’une structure",
        description="Comme « Mes places » du portail : n’engage personne, et vaut jusqu’à la prochaine confirmation.",
        parameters=[ONCE, MATCH],
        request=ConfirmationSerializer,
        responses={201: VacancySerializer},
    )
    @action(detail=True, methods=["post"])
    def confirmations(self, request: Request, pk: str) -> Response:
        partner: Partner = self.get_object()
        sent = ConfirmationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)

        def act() -> list[uuid.UUID]:
            row = places_confirm_after(
                partner=partner,
                check=lambda: match_check(request, mark_of(self.drawn())),
                free=sent.validated_data["free"],
                by=cast(User, request.user),
            )
            return [row.pk]

        call_once(request, act)
        data = self.drawn()
        return Response(data, status=status.HTTP_201_CREATED, headers={"ETag": mark_of(data)})

    def drawn(self) -> dict[str, object]:
        return dict(self.get_serializer(self.get_object()).data)


def places_told(row: Any) -> Places:
    """Return the numbers that `places_counted` put beside a structure."""
    return Places(row.n_opened, row.n_present, row.n_held, row.n_blocked or 0, row.told)


ROUTES = [("vacancies", VacancyViewSet, "vacancy")]
