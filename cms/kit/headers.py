"""What every answer tells the browser, besides Django's own headers and the content policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""No page needs them: where a person stands is never asked."""
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in FEATURES]
    + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)


class HeadersMiddleware:
    """No device is used, and nothing is embedded elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
