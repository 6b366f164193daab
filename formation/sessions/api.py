"""Enrolments for another software: who follows which session, and how many hours. Never the marks of one person. A
trainer's software plans its sessions.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.exceptions import PermissionDenied, ValidationError as ApiValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cms.kit.api.filters import WORDS
from cms.kit.api.resources import Link, ResourceViewSet
from cms.kit.api.views import Conventions
from cms.kit.api.writing import ONCE, StrictSerializer
from cms.sessions.calls.services import call_once
from cms.sessions.scopes.rules import TokenScope
from cms.users.models import User
from formation.common.policies import can_plan
from formation.enums import Period
from formation.sessions.models.sessions import ZONES, Enrolment, Session
from formation.sessions.selectors import sessions_listed, trainers_available
from formation.sessions.services.imports import MOST, sessions_import
from formation.sessions.services.sessions import SessionFacts, Slot

NOT_YOURS = "Votre compte ne planifie pas de session."


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

    opened_by = TokenScope.TRAINING_READ
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


class SlotSerializer(StrictSerializer):
    """Demi-journée : le jour et l’heure sont ceux du lieu."""

    day = serializers.DateField()
    period = serializers.ChoiceField(choices=Period.choices)
    hours = serializers.DecimalField(max_digits=4, decimal_places=2, min_value=0)
    starts_at = serializers.TimeField(required=False, allow_null=True)


class NewSessionSerializer(StrictSerializer):
    """Session à planifier."""

    module_code = serializers.CharField(max_length=20, help_text="Code d’un module du programme en vigueur.")
    half_days = serializers.ListField(child=SlotSerializer(), allow_empty=False, max_length=30)
    trainers = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, help_text="Sinon, l’auteur de l’envoi."
    )
    territory = serializers.CharField(required=False, max_length=3, help_text="Code du département.")
    venue = serializers.CharField(required=False, max_length=200)
    is_remote = serializers.BooleanField(required=False)
    capacity = serializers.IntegerField(required=False, min_value=1, max_value=200)
    time_zone = serializers.ChoiceField(required=False, choices=ZONES)


class SessionImportSerializer(StrictSerializer):
    """Sessions d’un envoi : toutes sont planifiées, ou aucune."""

    sessions = serializers.ListField(child=NewSessionSerializer(), allow_empty=False, max_length=MOST)


class PlannedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Session
        fields = ["id", "module_code", "title", "starts_on", "ends_on", "territory", "capacity"]
        read_only_fields = fields


class ImportedSerializer(serializers.Serializer):
    """Sessions planifiées, dans l’ordre de l’envoi ; aucune pour un essai."""

    count = serializers.IntegerField()
    sessions = PlannedSerializer(many=True)


class SessionImportViewSet(Conventions, viewsets.ViewSet):
    written_by = {"create": TokenScope.TRAINING_PLAN}
    parameters = ("dry_run",)
    refusals = {"create": (422,)}

    @extend_schema(
        summary="Planifier des sessions",
        description="Chaque session est vérifiée comme à l’écran, et chaque refus dit sa place dans l’envoi. Un seul "
        "refus, et rien n’est écrit : corrigez, puis renvoyez tout.",
        parameters=[ONCE, OpenApiParameter("dry_run", OpenApiTypes.BOOL, description="Vérifier sans écrire.")],
        request=SessionImportSerializer,
        responses={200: ImportedSerializer, 201: ImportedSerializer},
    )
    def create(self, request: Request) -> Response:
        if not can_plan():
            raise PermissionDenied(NOT_YOURS)
        asked = request.query_params.get("dry_run", "false")
        if asked not in WORDS:
            raise ApiValidationError({"dry_run": ["true ou false."]})
        sent = SessionImportSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        by = cast(User, request.user)
        lines = [facts_of(line, by, rank) for rank, line in enumerate(sent.validated_data["sessions"])]
        if WORDS[asked]:
            planned = plan_all(lines, by=by, is_dry=True)
            return Response(ImportedSerializer({"count": len(planned), "sessions": []}).data)
        written = call_once(request, lambda: [session.pk for session in plan_all(lines, by=by)])
        found = {session.pk: session for session in sessions_listed().filter(pk__in=written)}
        rows = [found[pk] for pk in written if pk in found]
        data = ImportedSerializer({"count": len(written), "sessions": rows}).data
        return Response(data, status=status.HTTP_201_CREATED)


def plan_all(lines: Sequence[SessionFacts], *, by: User, is_dry: bool = False) -> list[Session]:
    with transaction.atomic():
        planned, refused = sessions_import(lines, by=by)
        transaction.set_rollback(is_dry or bool(refused))
    if refused:
        said = [_said(refused[rank]) if rank in refused else {} for rank in range(max(refused) + 1)]
        raise ApiValidationError({"sessions": said})
    return planned


def _said(error: ValidationError) -> Mapping[str, Any]:
    return error.message_dict if hasattr(error, "error_dict") else {"detail": error.messages}


def facts_of(line: Mapping[str, Any], by: User, rank: int) -> SessionFacts:
    slots: list[Slot] = [
        (slot["day"], slot["period"], slot["hours"], slot.get("starts_at")) for slot in line["half_days"]
    ]
    wanted: list[uuid.UUID] = line.get("trainers") or [by.pk]
    trainers = list(trainers_available().filter(pk__in=wanted))
    if len(trainers) < len(set(wanted)):
        said = [*[{}] * rank, {"trainers": ["Une personne choisie n’a pas le rôle de formation."]}]
        raise ApiValidationError({"sessions": said})
    return SessionFacts(
        module_code=line["module_code"],
        starts_on=min(slot[0] for slot in slots),
        ends_on=max(slot[0] for slot in slots),
        half_days=slots,
        trainers=trainers,
        territory_id=line.get("territory"),
        **{name: line[name] for name in ("venue", "is_remote", "capacity", "time_zone") if name in line},
    )


ROUTES = [
    ("formation/enrolments", EnrolmentViewSet, "formation-enrolment"),
    ("formation/sessions/imports", SessionImportViewSet, "formation-import"),
]
