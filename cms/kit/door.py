"""What no page can mean is refused at the door, whatever the address: a null character, an absurd length, an odd verb.

PostgreSQL refuses a null character in a text, Python a number of 4,300 digits, UTF-8 half a character: each would be a
fault of the service further in.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.signals import request_started
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.http import parse_header_parameters

from cms.kit.api.problems import refused

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PATH_LENGTH, QUERY_LENGTH, HEADER_LENGTH = 2_000, 8_000, 8_000
NAME_LENGTH, FIELD_LENGTH = 200, 1_000_000
"""In characters. The longest text of a form is bounded by the form; the whole of a body, by Django."""
UNREADABLE = re.compile(r"[\x00\ud800-\udfff]|\d{200}")
"""A null character, half a character, a number that counts nothing."""
CHARSETS = ("utf-8", "ascii", "iso8859-1")
"""Others (`hex`, `idna`, `rot13`…) are known to Python and write no text: Django reads the whole address in them."""
SENTENCE = (
    "Cette demande contient des caractères ou une longueur que Havre ne peut pas lire. Corrigez-la et recommencez."
)


class DoorMiddleware:
    """Answers 400 to what cannot be read and 405 to a verb that no page has, before any view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        request_started.connect(kind_read, dispatch_uid="door")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in VERBS:
            return HttpResponseNotAllowed(VERBS)
        return self.get_response(request) if is_readable(request) else bad_request(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run once the address is known: a body sent to none is never read."""
        if request.method in ("GET", "HEAD"):
            return None
        try:
            if getattr(view, "csrf_exempt", False):
                # Such a view may check a signature over the body, which is lost once a form was read from it.
                request.body  # noqa: B018
            return None if is_body_readable(request) else bad_request(request)
        except UnreadablePostError:
            return bad_request(request)


def kind_read(sender: Any, environ: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Put a null character, which the door refuses, for a kind of body that cannot be read.

    Django reads it while it makes the request, before any middleware: it would be a fault of the service.
    """
    request = environ or {}
    if not is_kind_readable(request.get("CONTENT_TYPE", "")):
        request["CONTENT_TYPE"] = "\x00"


def is_kind_readable(kind: str) -> bool:
    """Return whether a kind of body has parameters that can be read, and a charset that writes text."""
    try:
        charset = parse_header_parameters(kind)[1].get("charset", "utf-8")
        return codecs.lookup(charset).name in CHARSETS
    except (ValueError, LookupError, TypeError):
        return False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 in plain words, in JSON to the API; no cache keeps a refusal."""
    headers = {"Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        return refused(400, SENTENCE, headers)
    return HttpResponse(render_to_string("400.html"), status=400, headers=headers)


def is_readable(request: HttpRequest) -> bool:
    """Return whether address, parameters, headers and cookies hold nothing that no page can mean."""
    headers = (str(value) for name, value in request.META.items() if name.startswith(("HTTP_", "CONTENT_")))
    return (
        _all_readable([request.path], PATH_LENGTH)
        and len(request.META.get("QUERY_STRING", "")) <= QUERY_LENGTH
        and _pairs_readable(request.GET.lists(), QUERY_LENGTH)
        and _all_readable(headers, HEADER_LENGTH)
        and _all_readable(request.COOKIES.values(), HEADER_LENGTH)
    )


def is_body_readable(request: HttpRequest) -> bool:
    if request.content_type == "application/json":
        return _is_json_readable(request.body)
    # A number of a form is read by its field, but what a view reads by itself is not.
    return _pairs_readable(request.POST.lists(), FIELD_LENGTH) and _all_readable(
        (file.name or "" for files in request.FILES.lists() for file in files[1]), NAME_LENGTH * 2
    )


def _pairs_readable(pairs: Iterable[tuple[str, list[Any]]], length: int) -> bool:
    return all(
        _all_readable([name], NAME_LENGTH) and _all_readable((str(value) for value in values), length)
        for name, values in pairs
    )


def _all_readable(texts: Iterable[str], length: int) -> bool:
    return not any(len(text) > length or UNREADABLE.search(text) for text in texts)


def _is_json_readable(body: bytes) -> bool:
    """Return whether its texts are; what is no JSON at all is told by the view."""
    try:
        data = json.loads(body)
    except RecursionError:
        return False
    except ValueError:
        return True
    return _all_readable(_texts(data), FIELD_LENGTH)


def _texts(data: Any) -> Iterator[str]:
    left = [data]
    while left:
        item = left.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            left += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            left += item
