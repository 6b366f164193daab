"""API of training: sessions for everybody signed in, attendance for whoever runs them."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import ValidationError as ApiValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cms.kit.api.filters import StrictFilterSet
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope
from cms.users.models import User
from formation.attendance.models import Attendance
from formation.attendance.rules import Presence
from formation.attendance.selectors import attendance_listed, half_day_run_get
from formation.attendance.services.attendance import attendance_record
from formation.attestations.api import ROUTES as ATTESTATIONS
from formation.enums import SessionState, Status
from formation.people.api import ROUTES as PEOPLE
from formation.sessions.api import ROUTES as ENROLMENTS
from formation.sessions.models.sessions import HalfDay, Session, SessionQuerySet
from formation.sessions.selectors import sessions_listed

NOT_YOURS = "Cette demi-journée n’est pas d’une session que vous animez."


class HalfDaySerializer(serializers.ModelSerializer):
    class Meta:
        model = HalfDay
        fields = ["id", "day", "period", "hours"]


class SessionSerializer(serializers.ModelSerializer):
    hours = serializers.DecimalField(max_digits=7, decimal_places=2, read_only=True)
    places_taken = serializers.IntegerField(read_only=True)
    half_days = HalfDaySerializer(many=True, read_only=True)

    class Meta:
        model = Session
        fields = [
            "id", "module_code", "title", "starts_on", "ends_on", "territory", "venue", "is_remote", "capacity",
            "places_taken", "state", "hours", "half_days",
        ]  # fmt: skip


class SessionFilter(StrictFilterSet):
    starts_after = filters.DateFilter("starts_on", "gte", label="Commence à partir du")
    ends_before = filters.DateFilter("ends_on", "lte", label="Se termine au plus tard le")
    state = filters.ChoiceFilter(choices=SessionState.choices)

    class Meta:
        model = Session
        fields = ["module_code", "state", "territory", "is_remote"]


@extend_schema_view(
    list=extend_schema(summary="Sessions de formation"), retrieve=extend_schema(summary="Une session de formation")
)
class SessionViewSet(Conventions, viewsets.ReadOnlyModelViewSet):
    """Sessions de formation du réseau, avec leurs demi-journées et les places prises."""

    opened_by = TokenScope.TRAINING_READ
    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    ordering_fields = ["starts_on", "ends_on"]
    ordering = ["starts_on"]

    def get_queryset(self) -> SessionQuerySet:
        return sessions_listed().real()


class AttendanceSerializer(serializers.ModelSerializer):
    session = serializers.UUIDField(source="session_id", read_only=True)

    class Meta:
        model = Attendance
        fields = ["id", "session", "half_day", "enrolment", "status", "came_at", "left_at", "recorded_at"]
        read_only_fields = ["id", "half_day", "enrolment", "recorded_at"]


class PresenceSerializer(serializers.Serializer):
    """Présence d’une personne ; sans heure, elle compte depuis sa signature si elle a signé en retard."""

    status = serializers.ChoiceField(choices=Status.choices)
    came_at = serializers.DateTimeField(required=False, allow_null=True)
    left_at = serializers.DateTimeField(required=False, allow_null=True)


class AttendanceMarkSerializer(PresenceSerializer):
    """Présence d’une personne inscrite."""

    enrolment = serializers.UUIDField()


class RecordSerializer(serializers.Serializer):
    """Présences d’une demi-journée."""

    half_day = serializers.UUIDField()
    marks = AttendanceMarkSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(required=False, default="", max_length=200)


class CorrectionSerializer(PresenceSerializer):
    """Nouvelle valeur d’une présence."""

    reason = serializers.CharField(required=False, default="", max_length=200)


class AttendanceFilter(StrictFilterSet):
    session = filters.UUIDFilter("half_day__session", label="Session")

    class Meta:
        model = Attendance
        fields = ["session", "half_day", "enrolment", "status"]


class AttendanceViewSet(Conventions, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Présences : celles des sessions animées, de l’équipe dirigée, ou les siennes."""

    opened_by = TokenScope.TRAINING_READ
    written_by = {"create": TokenScope.TRAINING_RECORD, "update": TokenScope.TRAINING_RECORD}
    queryset = Attendance.objects.none()
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter
    ordering_fields = ["half_day__day", "recorded_at"]
    ordering = ["half_day__day", "enrolment_id"]

    def get_queryset(self) -> QuerySet[Attendance]:
        return attendance_listed()

    @extend_schema(
        summary="Relever les présences d’une demi-journée",
        request=RecordSerializer,
        responses={201: AttendanceSerializer(many=True)},
    )
    def create(self, request: Request) -> Response:
        sent = RecordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        marks = {mark["enrolment"]: _said(mark) for mark in data["marks"]}
        self._record(data["half_day"], marks, data["reason"])
        rows = attendance_listed().filter(half_day=data["half_day"], enrolment__in=list(marks))
        return Response(AttendanceSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Corriger une présence", request=CorrectionSerializer, responses={200: AttendanceSerializer}
    )
    def update(self, request: Request, pk: str | None = None) -> Response:
        row = self.get_object()
        sent = CorrectionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        self._record(row.half_day_id, {row.enrolment_id: _said(data)}, data["reason"])
        return Response(AttendanceSerializer(self.get_object()).data)

    def _record(self, half_day_id: uuid.UUID, marks: Mapping[uuid.UUID, Presence | str], reason: str) -> None:
        half_day = half_day_run_get(half_day_id)
        if half_day is None:
            raise ApiValidationError({"half_day": [NOT_YOURS]})
        try:
            # The permissions of the API let no anonymous request through.
            by = cast(User, self.request.user)
            attendance_record(session=half_day.session, half_day=half_day, marks=marks, by=by, reason=reason)
        except ValidationError as error:
            field = {"half_day": "half_day", "future": "half_day", "state": "half_day", "reason": "reason"}
            raise ApiValidationError({field.get(error.code or "", "marks"): error.messages}) from error


def _said(mark: Mapping[str, Any]) -> Presence | str:
    """Return the presence with its hours, or its status alone when no hour was sent."""
    if "came_at" not in mark and "left_at" not in mark:
        return mark["status"]
    return Presence(mark["status"], mark.get("came_at"), mark.get("left_at"))


ROUTES: list = [
    *PEOPLE,
    *ENROLMENTS,
    *ATTESTATIONS,
    ("formation/sessions", SessionViewSet, "formation-session"),
    ("formation/attendance", AttendanceViewSet, "formation-attendance"),
]
