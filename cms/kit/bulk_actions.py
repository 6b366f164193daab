"""No bulk action on business rows: they are never deleted, and each change has its own service."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction


class RefusedBulkDelete(DeleteBulkAction):
    """Takes the place of Wagtail's bulk deletion, which prints the titles of rows that one may not delete."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404
