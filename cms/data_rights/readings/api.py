"""The brake of the API, asked once the session or the token is known."""

from typing import TYPE_CHECKING, cast

from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cms.data_rights.readings.middleware import BrakedRequest
from cms.data_rights.readings.services import reading_braked

if TYPE_CHECKING:  # rest_framework imports this module while it defines its views
    from rest_framework.views import APIView

SLOWED = "Ce compte a lu beaucoup en peu de temps : attendez une minute entre deux lectures."
STOPPED = "Les lectures de ce compte sont arrêtées. La direction du réseau peut les rouvrir."


class Slowed(Throttled):
    """429 in our words: given the time to wait, the class of the framework adds an English sentence."""

    def __init__(self, wait: int) -> None:
        super().__init__(detail=SLOWED)
        self.wait: int = wait


class BrakeThrottle(BaseThrottle):
    """Refuses as the middleware does for pages, in JSON."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated:
            return True
        brake = reading_braked()
        if brake is None:
            return True
        cast(BrakedRequest, request._request).is_braked = True
        raise PermissionDenied(STOPPED) if brake.is_stopped else Slowed(brake.wait)
