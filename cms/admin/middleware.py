"""What Wagtail's own views take for granted in an address: checked before them, since they answer 500 without it."""

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page, Revision

from cms.kit.door import bad_request

MULTIPLE = "wagtailadmin_choose_page_chosen_multiple"
REVERT, COPY = "wagtailadmin_pages:revisions_revert", "wagtailadmin_pages:copy"
SCREENS = ("wagtailadmin_*", "wagtailimages*", "wagtaildocs*", "content:*")
"""By name of their route: rows of Wagtail, whose keys are numbers. Our snippets have others."""
NUMBERS = ("id", "pk", "parent_page_id", "page_id", "target_pages[]", "limit", "offset", "position", "new_parent_page")
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
NEEDED = {
    "wagtailadmin_choose_page_external_link": "external-link-chooser-url",
    COPY: "new_parent_page",
}
"""A field without which the form of that screen fails."""


class WagtailParametersMiddleware:
    """Answers 400 to an address that a screen of Wagtail cannot read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = cast(ResolverMatch, request.resolver_match).view_name
        if not any(fnmatchcase(name, screen) for screen in SCREENS):
            return None
        if name.startswith("wagtail") and not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # refused by the screen itself, as ever
        return None if _is_whole(request, name, kwargs) else bad_request(request)


def _is_whole(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    given = [str(kwargs[key]) for key in NUMBERS if key in kwargs]
    given += [value for key in NUMBERS for value in _given(request, key) if value]
    if not all(NUMBER.fullmatch(value) for value in given):
        return False
    if request.method == "POST" and name in NEEDED and NEEDED[name] not in request.POST:
        return False
    # Where to go next is an address: anything else is looked for as the name of a page, and not found.
    if not all(target.startswith("/") for target in _given(request, "next") if target):
        return False
    parents = _given(request, NEEDED[COPY]) if name == COPY else []
    if not all(parent and Page.objects.filter(pk=parent).exists() for parent in parents):
        return False
    if name == REVERT:
        return Revision.page_revisions.filter(pk=kwargs["revision_id"], object_id=str(kwargs["page_id"])).exists()
    # The root of the tree is no page that one chooses: it has no parent, which that screen asks of each.
    return name != MULTIPLE or not Page.objects.filter(pk__in=request.GET.getlist("id"), depth=1).exists()


def _given(request: HttpRequest, name: str) -> list[str]:
    return [*request.GET.getlist(name), *request.POST.getlist(name)]
