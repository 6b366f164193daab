"""Requests for another software, in codes and dates: neither words, nor identity, nor where the minor is. A service
sends one with its words, which are sealed and never given back.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError as ApiValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.common.policies import ASKS
from cases.common.settings import on_call_phone
from cases.enums import Channel, Nature
from cases.extra.selectors import PREFIX
from cases.requests.forms import request_form_class
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import NewSollicitation
from cases.requests.siblings.services import MOST, siblings_send
from cms.kit.api.limits import TooMany, count_in
from cms.kit.api.pages import site_address
from cms.kit.api.resources import Link, ResourceViewSet, mark_of
from cms.kit.api.writing import ONCE, StrictSerializer
from cms.partners.book.selectors import partners_as
from cms.partners.models import Partner
from cms.sessions.calls.services import call_once, key_of
from cms.sessions.scopes.rules import TokenScope
from cms.users.models import User

HOUR, MOST_AN_HOUR = 3600, 5
"""Sendings of one service: a software that sends more has gone wrong, and somebody must be heard."""
NOT_YOURS = "Votre compte ne demande pas d’accueil : il n’est rattaché à aucun service demandeur."
NOT_YOUR_SERVICE = "Vous ne pouvez pas écrire au nom de ce service."
NOT_ASKED = "Cette question n’est pas posée à votre service."
SIBLING = "sibling_"


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


class SiblingSerializer(StrictSerializer):
    """Frère ou sœur : le reste est commun."""

    sex = serializers.CharField()
    age = serializers.IntegerField(required=False, allow_null=True)


class NewRequestSerializer(StrictSerializer):
    """Demande d’accueil : les questions du portail, et les mêmes réponses. Ni nom ni adresse du mineur."""

    requester = serializers.UUIDField(required=False, help_text="Votre service, si vous en avez plusieurs.")
    callback_name = serializers.CharField(help_text="Qui rappeler.")
    callback_phone = serializers.CharField(help_text="Ligne directe.")
    urgency = serializers.CharField(help_text="Clé de la liste `urgence`.")
    sex = serializers.CharField(help_text="Clé de la liste `sexe`.")
    age = serializers.IntegerField(required=False, allow_null=True)
    age_precision = serializers.CharField(required=False)
    birth_year = serializers.IntegerField(required=False, allow_null=True)
    birth_month = serializers.IntegerField(required=False, allow_null=True)
    current_place = serializers.CharField(required=False, help_text="Département où se trouve le mineur.")
    safe_until = serializers.DateTimeField(required=False, allow_null=True)
    forms = serializers.ListField(child=serializers.CharField(), max_length=40, help_text="Clés de la liste `forme`.")
    main_form = serializers.CharField(required=False)
    exploitation_place = serializers.CharField(required=False)
    narrative = serializers.CharField(required=False, help_text="Scellé à l’arrivée, jamais rendu par l’API.")
    language = serializers.CharField(required=False, help_text="Clé de la liste `langue`.")
    accepts_leaving = serializers.BooleanField(required=False, allow_null=True)
    has_phone = serializers.BooleanField(required=False, allow_null=True)
    needs_care = serializers.BooleanField(required=False, allow_null=True)
    has_treatment = serializers.BooleanField(required=False, allow_null=True)
    uses_substances = serializers.BooleanField(required=False, allow_null=True)
    is_pregnant = serializers.BooleanField(required=False, allow_null=True)
    is_exploiter_near = serializers.BooleanField(required=False, allow_null=True)
    parquet_told = serializers.CharField(required=False)
    placement_order = serializers.CharField(required=False)
    rights_told = serializers.BooleanField(required=False)
    origin = serializers.CharField(required=False)
    nationality_zone = serializers.CharField(required=False)
    is_unaccompanied = serializers.BooleanField(required=False, allow_null=True)
    prior_follow_up = serializers.CharField(required=False)
    detected_by = serializers.CharField(required=False)
    extra = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Réponses aux champs ajoutés par le réseau, par code."
    )
    siblings = serializers.ListField(child=SiblingSerializer(), required=False, max_length=MOST)


@extend_schema_view(list=extend_schema(summary="Demandes"), retrieve=extend_schema(summary="Une demande"))
class RequestViewSet(ResourceViewSet):
    """Demandes que le lecteur peut voir : celles de son service, ou toutes pour la coordination."""

    opened_by = TokenScope.REQUEST_READ
    written_by = {"create": TokenScope.REQUEST_CREATE}
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
    refusals = {"create": (422,)}

    def get_queryset(self) -> QuerySet[Sollicitation]:
        return Sollicitation.objects.real().prefetch_related("forms")

    @extend_schema(
        summary="Envoyer une demande d’accueil",
        description="Comme « Demander un accueil » du portail : mêmes questions, mêmes refus, et la permanence sonne "
        "de même. Une demande par mineur de la fratrie ; la première est rendue, sans les mots.",
        parameters=[ONCE],
        request=NewRequestSerializer,
        responses={201: RequestSerializer},
    )
    def create(self, request: Request) -> Response:
        sent = NewRequestSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        partners = list(partners_as(*ASKS))
        if not partners:
            raise PermissionDenied(NOT_YOURS)
        written = call_once(request, lambda: request_send(request, sent.validated_data, partners))
        row = get_object_or_404(self.get_queryset().prefetch_related("case", "requester"), pk=written[0])
        data = self.get_serializer(row).data
        headers = {"ETag": mark_of(data), "Location": site_address(f"/api/v1/requests/{row.pk}/")}
        return Response(data, status=status.HTTP_201_CREATED, headers=headers)


def request_send(request: Request, sent: Mapping[str, Any], partners: list[Partner]) -> list[uuid.UUID]:
    """Send what the form of the portal would, once it finds nothing to say."""
    by = cast(User, request.user)
    form_class = request_form_class(partners)
    data = form_data(sent) | {"key": str(uuid.uuid5(by.pk, key_of(request)))}
    form = form_class(data, partners=partners)
    unasked = {name: [NOT_ASKED] for name in data if name not in form.fields and name != "requester"}
    if data.get("requester", partners[0].pk) not in {partner.pk for partner in partners}:
        unasked["requester"] = [NOT_YOUR_SERVICE]
    if unasked or not form.is_valid():
        raise ApiValidationError(dict(faults_of(unasked or form.errors)))
    arguments = form.arguments()
    count, wait = count_in(f"requests:{arguments['requester'].pk}", HOUR)
    if count > MOST_AN_HOUR:
        raise TooMany(wait, f"Trop de demandes en une heure : appelez la permanence au {on_call_phone()}.")
    first = NewSollicitation(submitted_by=by, nature_id=Nature.CARE, channel_id=Channel.PORTAL, **arguments)
    try:
        return [row.pk for row in siblings_send(first, form.siblings_given())]
    except ValidationError as error:
        messages = error.message_dict if hasattr(error, "error_dict") else {"detail": error.messages}
        raise ApiValidationError(dict(faults_of(messages))) from error


def form_data(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was sent under the names that the form of the portal asks for."""
    siblings = sent.get("siblings", [])
    data = {name: value for name, value in sent.items() if name not in ("extra", "siblings") and value is not None}
    data |= {f"{PREFIX}{code}": value for code, value in sent.get("extra", {}).items()}
    if siblings:
        data["siblings"] = str(len(siblings))
    for number, sibling in enumerate(siblings, 1):
        data |= {f"{SIBLING}{number}_sex": sibling["sex"], f"{SIBLING}{number}_age": sibling.get("age")}
    return data


def faults_of(errors: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give each fault under the name that was sent; several of one brother stand together."""
    brothers: dict[int, dict[str, Any]] = {}
    extra: dict[str, Any] = {}
    for name, messages in errors.items():
        if name.startswith(SIBLING):
            _, number, field = name.split("_", 2)
            brothers.setdefault(int(number) - 1, {})[field] = list(messages)
        elif name.startswith(PREFIX):
            extra[name.removeprefix(PREFIX)] = list(messages)
        else:
            yield name.removesuffix("_id"), list(messages)
    if extra:
        yield "extra", extra
    if brothers:
        yield "siblings", [brothers.get(rank, {}) for rank in range(max(brothers) + 1)]


ROUTES = [("requests", RequestViewSet, "request")]
