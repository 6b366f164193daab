"""What every view of the API does, whatever it answers: it refuses the parameters that it does not know, and says how
many calls are left and when it ends.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.kit.api.endings import Ending
from cms.kit.api.errors import Refused
from cms.kit.api.filters import StrictFilters

GONE = "Cette adresse n’existe plus : sa fin était annoncée dans chacune de ses réponses depuis un an au moins."


class Conventions(APIView):
    """Base of our views, before the class of the framework."""

    parameters: tuple[str, ...] = ()
    """Parameters read by the view itself, beside filters, order and pages; an action names its own."""

    opened_by: str | None = None
    """Permission of a token that reads here; None: no token does (`cms/sessions/scopes`)."""
    written_by: Mapping[str, str] = {}
    """Permission of a token that writes, by action."""

    ending: Ending | None = None
    limit_headers: Mapping[str, str] = {}
    """Set by the throttle, for this request."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.ending and self.ending.is_over(timezone.localdate()):
            raise Refused(410, GONE)
        self.refuse_unknown(request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        told = {**self.limit_headers, **(self.ending.headers() if self.ending else {})}
        for name, value in told.items():
            response.headers[name] = value
        return response

    def refuse_unknown(self, request: Request) -> None:
        """Refuse a parameter of no meaning: a filter misspelt and passed over would answer everything."""
        known = self.parameters_known()
        sentence = f"Paramètre inconnu. Connus : {', '.join(sorted(known)) or 'aucun'}."
        faults = {name: [sentence] for name in request.query_params if name not in known}
        twice = {name: ["Donné plusieurs fois."] for name, values in request.query_params.lists() if len(values) > 1}
        if faults or twice:
            raise ValidationError(twice | faults)

    def parameters_known(self) -> set[str]:
        known = set(self.parameters)
        if getattr(self, "action", "") != "list" or not hasattr(self, "filter_backends"):
            return known
        view: Any = self
        filterset = StrictFilters().get_filterset_class(view, view.get_queryset())
        known |= set(getattr(filterset, "base_filters", {}))
        if view.pagination_class is not None:
            known |= {"page_size", "cursor"}
        return known | ({"ordering"} if getattr(view, "ordering_fields", ()) else set())
