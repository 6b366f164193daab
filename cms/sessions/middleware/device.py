"""The cookie of a browser from which somebody entered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cms.users.devices import device_remember


class DeviceMiddleware:
    """Gives the browser its cookie once somebody has signed in wholly: only an answer can carry it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        device_remember(request, response)
        return response
