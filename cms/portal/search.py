"""« Chercher » in the portal: one field over one's own requests, stays and incidents, screens, documents, training."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.navigation.registry import navigation_for
from cms.navigation.search import (
    Door,
    Group,
    Hit,
    exact,
    page_hits,
    screens_matching,
    search,
    search_register,
    words_asked,
)

ACCOUNT = (
    ("Mon compte et mes alertes", "portal:account"),
    ("Mes données", "portal:own_data"),
    ("Mes connexions", "portal:sessions"),
)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what is found; a reference typed whole opens its page at once. Asked by the dialog, the lines alone."""
    words = words_asked(request)
    found = search(request, words, Door.PORTAL)
    context = {"words": words, "found": found}
    if request.headers.get("HX-Request"):
        return render(request, "ui/search_lines.html", context)
    if hit := exact(found, words):
        return redirect(hit.url)
    return render(request, "portal/search.html", context)


def screens_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    yield from screens_matching(((item.label, item.url) for item in navigation_for(request)), words, "page")
    yield from page_hits(ACCOUNT, words, "compte")


def register() -> None:
    search_register(Door.PORTAL, Group.SCREENS, screens_found)
