"""`/api/v1/events/`: what happened, from a cursor on."""

import uuid
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cms.events.feed.rules import KINDS, PREFIX, envelope
from cms.events.feed.selectors import CursorGoneError, events_after, told
from cms.events.feed.services import events_ready
from cms.kit.addresses import absolute
from cms.kit.api.views import Conventions
from cms.sessions.scopes.rules import TokenScope

LEAST, USUAL, MOST = 1, 100, 200
KNOWN = ("after", "kinds", "limit")


class CursorGone(APIException):
    status_code = status.HTTP_410_GONE
    default_detail = "Ce curseur n’est plus connu : relisez tout, puis reprenez sans curseur."
    default_code = "cursor_gone"


class EventDataSerializer(serializers.Serializer):
    object = serializers.CharField()
    id = serializers.CharField()
    # What an address is, and no promise that it answers: a page that was withdrawn has one.
    url = serializers.CharField(required=False)


class EventSerializer(serializers.Serializer):
    """CloudEvents 1.0."""

    specversion = serializers.CharField()
    id = serializers.UUIDField()
    # The stubs take a declared field for the option of the same name.
    source = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField()
    time = serializers.DateTimeField()
    subject = serializers.CharField()
    datacontenttype = serializers.CharField()
    data = EventDataSerializer()  # type: ignore[assignment]


class FeedSerializer(serializers.Serializer):
    items = EventSerializer(many=True)
    cursor = serializers.CharField()
    next = serializers.CharField(allow_null=True)


class BatchRenderer(JSONRenderer):
    """The same events as a batch of CloudEvents: a bare list, the cursor in the header `Link`."""

    media_type = "application/cloudevents-batch+json"
    format = "cloudevents"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        items = data["items"] if isinstance(data, dict) and "items" in data else data
        return super().render(items, accepted_media_type, renderer_context)


class EventsView(Conventions):
    """Thin events that the caller may see now, in the order in which they were committed."""

    opened_by = TokenScope.EVENT_READ
    parameters = KNOWN
    renderer_classes = (JSONRenderer, BatchRenderer)

    @extend_schema(
        operation_id="events_feed",
        summary="Ce qui s’est passé, depuis un curseur",
        parameters=[
            OpenApiParameter("after", OpenApiTypes.UUID, description="Le `cursor` de la réponse d’avant."),
            OpenApiParameter("kinds", str, description="Événements voulus, séparés par des virgules, sans `havre.`."),
            OpenApiParameter("limit", OpenApiTypes.INT, description=f"De {LEAST} à {MOST} ; {USUAL} sinon."),
        ],
        responses={200: FeedSerializer, 410: OpenApiResponse(description="Le curseur est trop ancien.")},
    )
    def get(self, request: Request) -> Response:
        asked = _asked(request)
        events_ready()
        try:
            found = events_after(asked["after"], kinds=asked["kinds"], limit=asked["limit"])
        except CursorGoneError as error:
            raise CursorGone from error
        rest = "".join(f"&{name}={request.query_params[name]}" for name in KNOWN[1:] if name in request.query_params)
        following = absolute(f"/api/v1/events/?after={found.cursor}{rest}") if found.cursor else None
        answer = {
            "items": [envelope(told(event)) for event in found.events],
            "cursor": found.cursor,
            "next": following if found.has_more else None,
        }
        headers = {"Cache-Control": "private, no-store"}
        if following:
            headers["Link"] = f'<{following}>; rel="next"'
        return Response(answer, headers=headers)


def _asked(request: Request) -> dict[str, Any]:
    """Return what was asked. Raises `ValidationError` for what is unknown: ignored, it would answer something else."""
    given = request.query_params
    faults: dict[str, list[str]] = {}
    kinds = [word.removeprefix(PREFIX) for word in given.get("kinds", "").split(",") if word]
    if unknown := sorted(set(kinds) - KINDS.keys()):
        faults["kinds"] = [f"Événement inconnu : {', '.join(unknown)}. Connus : {', '.join(KINDS)}."]
    try:
        after = uuid.UUID(given["after"]) if "after" in given else None
    except ValueError:
        faults["after"] = ["Ce n’est pas un curseur : reprenez celui de la réponse d’avant."]
    text = given.get("limit", str(USUAL))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and LEAST <= int(text) <= MOST):
        faults["limit"] = [f"Un nombre de {LEAST} à {MOST}."]
    if faults:
        raise ValidationError(faults)
    return {"after": after, "kinds": kinds, "limit": int(text)}
