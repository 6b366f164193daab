"""The door of the admin, and the screens of Wagtail that no role uses."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

CLOSED_SCREENS = (
    "failwhale",
    "users",
    "groups",
    "bulk/users",
    "api-tokens",
    "sites",
    "workflows",
    "collections",
    "reports/site-history",
    "reports/locked",
    "reports/workflow",
    "reports/workflow_tasks",
    "reports/aging-pages",
    "reports/page-types-usage",
    "snippets",
    "images/multiple",
    "documents/multiple",
)
"""Accounts, groups and their rights are code; the journal says who did what. Nobody needs these screens. Several files
at once are kept as they came until they are described: they are added one by one, cleaned at once."""

CLOSED_ACCOUNT_PAGES = ("email", "confirm-email")
"""The address of an account says who one is: it opens training records, and nobody changes it alone and unproved."""


@login_not_required
def admin_door(request: HttpRequest) -> HttpResponse:
    """Sign in first. Who is signed in and comes here has nothing to do in the admin: sent back, they would loop."""
    if request.user.is_authenticated:
        raise Http404
    query = urlencode({"next": request.GET.get("next") or reverse("wagtailadmin_home")})
    return redirect(f"{reverse('account_login')}?{query}")


def closed_screen(request: HttpRequest) -> HttpResponse:
    raise Http404
