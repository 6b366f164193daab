"""`POST /api/content/v2/preview/`: a draft, for whoever holds the link that its author was just given."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.content.api.base import PublicRead
from cms.documents.content.services import draft_read
from cms.home.rules import PreviewRefusedError

OVER = "Ce lien d’aperçu n’a jamais été valable, ou ne l’est plus : rouvrez l’aperçu depuis la page."


class Preview(PublicRead):
    """The link comes in a form, never in the address: an address is written in logs. Kept by nobody."""

    # No token of a person: that of the form says whose draft it is.
    authentication_classes = []
    permission_classes = []
    parser_classes = [FormParser]
    http_method_names = ["post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        for name in ("ETag", "Last-Modified"):
            response.headers.pop(name, None)
        return response

    def post(self, request: Request) -> Response:
        try:
            return Response(draft_read(str(cast(QueryDict, request.data).get("token", ""))))
        except PreviewRefusedError as error:
            raise PermissionDenied(OVER) from error
