"""What is read without account depends on no cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = ("/api/content/", "/sitemap.xml", "/flux/")


class PublicReadMiddleware:
    """Takes cookies off the request, so that an answer kept by a cache is the same for all, and says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PUBLIC):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        varies = [name.strip() for name in response.get("Vary", "").split(",")]
        del response["Vary"]  # an empty one would begin the list that others lengthen
        if kept := [name for name in varies if name and name.lower() != "cookie"]:
            response.headers["Vary"] = ", ".join(kept)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.path.startswith("/api/"):
            response.headers["X-Robots-Tag"] = "noindex"
        return response
