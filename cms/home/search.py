"""What the one search finds: pages of the site that are written in the admin, by their title."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.home.models import TextPage
from cms.navigation.search import SHOWN, Door, Group, Hit, search_register


def pages_edited(request: HttpRequest, words: str) -> Iterator[Hit]:
    policy = PagePermissionPolicy()
    rows = Page.objects.filter(title__icontains=words, depth__gt=1)
    for page in rows.filter(pk__in=policy.instances_user_has_permission_for(request.user, "change"))[:SHOWN]:
        note = "page en ligne" if page.live else "page en brouillon"
        yield Hit(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


def pages_read(request: HttpRequest, words: str) -> Iterator[Hit]:
    for page in TextPage.objects.live().filter(title__icontains=words)[:SHOWN]:
        yield Hit(page.title, page.get_url(request), "page du site")


def register() -> None:
    search_register(Door.ADMIN, Group.PAGES, pages_edited)
    search_register(Door.PORTAL, Group.PAGES, pages_read)
