"""What every answer of the content API has in common: who may ask, strict parameters, and what a cache may keep."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from rest_framework.exceptions import ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.documents.content.rules import expanded, references_of
from cms.documents.content.selectors import addresses_of, moved_at
from cms.sessions.authentication import AggregatesForTheState, TokenAuthentication, TokenOpens
from cms.sessions.scopes.rules import TokenScope

SHORT = "public, max-age=60, stale-while-revalidate=300"
FROZEN = "public, max-age=3600"
"""A version by number or hash never changes, but may be closed again: no longer than this."""


def public_answer(request: HttpRequest, response: HttpResponse, kept: str = SHORT) -> HttpResponse:
    """Say what a cache may keep of an answer, and answer 304 to whoever has it already.

    With a token the answer is for its owner alone. An error is kept by nobody.
    """
    patch_vary_headers(response, ["Authorization"])
    if request.headers.get("Authorization"):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if response.status_code not in (200, 302):
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = kept
    if response.status_code == 302:
        return response
    etag, at = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"', moved_at()
    response.headers["ETag"] = etag
    stamp = int(at.timestamp()) if at else None
    if stamp is not None:
        response.headers["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, etag=etag, last_modified=stamp, response=response) or response


class PublicRead(APIView):
    """Nobody, or a token: a session is not looked at, so that an answer depends on no cookie."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [AggregatesForTheState, TokenOpens]
    opened_by = TokenScope.DOCUMENT_READ
    renderer_classes = [JSONRenderer]
    schema = None
    kept = SHORT
    known_parameters: frozenset[str] = frozenset()
    language = "fr"
    """Language of the answer: that of the page, when it is about one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = self.language
        if isinstance(response, Response):
            response.render()
        return public_answer(request, response, self.kept)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.check_parameters(request)

    def check_parameters(self, request: Request) -> None:
        """Raise 400 for a parameter that this address does not know: ignored, it would be believed."""
        unknown = sorted(set(request.GET) - self.known_parameters)
        if unknown:
            known = ", ".join(sorted(self.known_parameters)) or "aucun"
            raise ParseError(f"Paramètre inconnu : {', '.join(unknown)[:100]}. Connus ici : {known}.")

    def answer(self, data: Mapping[str, Any]) -> Response:
        """Answer with rich texts whose links are addresses that their reader may open."""
        return Response(expanded(data, addresses_of(references_of(data))))
