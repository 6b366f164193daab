"""What the API answers when it refuses: every exception as a problem, each error with the place it was sent in."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from cms.kit.api.problems import KIND, MISSING, Fault, problem

WHOLE = ("detail", "non_field_errors", "__all__")
"""Keys under which the frameworks say what is wrong with the whole."""


class Refused(exceptions.APIException):
    """A refusal with its status and its sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status_code = status


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a problem. A rule refused by a service is a 400 with its French sentence beside the field."""
    if isinstance(exc, ValidationError):
        exc = exceptions.ValidationError(exc.message_dict if hasattr(exc, "error_dict") else {"detail": exc.messages})
    elif isinstance(exc, Http404):
        exc = exceptions.NotFound(MISSING)
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    elif isinstance(exc, exceptions.NotFound) and exc.detail == exceptions.NotFound.default_detail:
        exc = exceptions.NotFound(MISSING)
    response = default_handler(exc, context)
    if response is not None:
        faults = list(_faults(response.data, (), context.get("request")))
        whole = " ".join(fault.detail for fault in faults if not fault.where)
        response.data = problem(response.status_code, whole, [fault for fault in faults if fault.where])
        response.content_type = KIND
    return response


def _faults(data: Any, path: tuple[str, ...], request: Request | None) -> Iterator[Fault]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _faults(value, path if key in WHOLE else (*path, str(key)), request)
    elif isinstance(data, list):
        for rank, value in enumerate(data):
            yield from _faults(value, path if isinstance(value, str) else (*path, str(rank)), request)
    else:
        yield Fault(_where(path, request), str(data), getattr(data, "code", None) or "invalid")


def _where(path: tuple[str, ...], request: Request | None) -> dict[str, str]:
    if not path:
        return {}
    if request is not None and request.method in ("GET", "HEAD"):
        return {"parameter": path[0]}
    return {"pointer": "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)}
