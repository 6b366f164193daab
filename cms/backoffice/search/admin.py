"""« Chercher » in the admin: one field over files, partners, people, screens, settings and pages."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import Menu, SubmenuMenuItem, admin_menu

from cms.configuration.admin.viewsets import manages_settings
from cms.navigation.search import (
    Door,
    Group,
    Hit,
    exact,
    screens_matching,
    search,
    search_register,
    words_asked,
)
from cms.values.settings import settings_all

TITLE = "Chercher"


def search_page(request: HttpRequest) -> HttpResponse:
    """Show what is found; a reference typed whole opens its file at once. Asked by htmx, the lines alone."""
    words = words_asked(request)
    found = search(request, words, Door.ADMIN)
    context = {"page_title": TITLE, "header_title": TITLE, "words": words, "found": found}
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, "ui/search_lines.html", context)
    if hit := exact(found, words):
        return redirect(hit.url)
    return TemplateResponse(request, "backoffice/search/page.html", context)


def menu_screens(request: HttpRequest, menu: Menu = admin_menu) -> Iterator[tuple[str, str]]:
    """Return the entries of the menu that whoever asks is shown, those of its parts included."""
    for item in menu.menu_items_for_request(request):
        if isinstance(item, SubmenuMenuItem):
            yield from menu_screens(request, item.menu)
        else:
            yield str(item.label), str(item.url)


def screens_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    return screens_matching(menu_screens(request), words, "écran")


def settings_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    if manages_settings(request):
        known = ((setting.label, reverse("havre_settings:edit", args=[setting.key])) for setting in settings_all())
        yield from screens_matching(known, words, "réglage")


def search_urls() -> list[URLPattern]:
    return [path("chercher/", search_page, name="havre_search")]


def register() -> None:
    for find in (screens_found, settings_found):
        search_register(Door.ADMIN, Group.SCREENS, find)
