"""What the API answers when a service refuses."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import ValidationError as ApiValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a rule refused by a service with a 400 and its French sentence beside the field."""
    if isinstance(exc, ValidationError):
        detail = exc.message_dict if hasattr(exc, "error_dict") else {"detail": exc.messages}
        exc = ApiValidationError(detail)
    return default_handler(exc, context)
