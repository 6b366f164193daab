"""What a writing asks: members that are known, a key that makes it once, the mark of what was read before."""

from typing import Any

from django.utils.http import parse_etags
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from cms.kit.api.errors import Refused

ONCE = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="De 8 à 64 lettres, chiffres, `-` ou `_`, une par envoi : le même envoi répété n’écrit qu’une fois.",
)
MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="`ETag` de l’objet tel qu’il a été lu.",
)
UNREAD = "Envoyez dans If-Match l’ETag de ce que vous avez lu : on n’écrit pas sur ce qu’on n’a pas regardé."
MOVED = "Cet objet a changé depuis votre lecture : relisez-le, puis décidez."


class StrictSerializer(serializers.Serializer):
    """Refuses the members that it does not know: one misspelt and passed over would be lost."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            raise serializers.ValidationError({name: ["Membre inconnu."] for name in unknown})
        return super().to_internal_value(data)


def match_check(request: Request, mark: str) -> None:
    """Refuse to write on an object that this reader has not read, or that moved since."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise Refused(428, UNREAD)
    # The comparison is strong (RFC 9110, 13.1.1): a weak mark matches nothing.
    if sent.strip() != "*" and mark not in parse_etags(sent):
        raise Refused(412, MOVED)
