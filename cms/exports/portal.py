"""The response of a list that is too long to be exported at once."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.kit.xlsx.lists import ListExport
from cms.values.settings import setting_value


def long_asked(request: HttpRequest, source: str, taken: ListExport) -> HttpResponse | None:
    """None when the list may be given now; else a page that proposes to prepare it."""
    if taken.total <= setting_value("exports.direct_rows"):
        return None
    query = request.GET.copy()
    query.pop("export", None)
    parameters = urlencode({"source": source, "query": query.urlencode()})
    return redirect(f"{reverse('havre_exports:ask')}?{parameters}")
