"""First pages of the site, and the rights of roles on branches of pages."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Site

from cms.home.models import HomePage, TextPage
from cms.kit.addresses import home_address
from cms.users.roles import PAGE_PERMISSIONS

DATA = Path(__file__).resolve().parent / "data" / "pages.json"


@transaction.atomic
def pages_load() -> int:
    """Write and publish the first pages that are missing; answers their number. Touches none that exists."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    home = HomePage.objects.first()
    added = 0
    if home is None:
        home = _home_create(data["accueil"])
        added += 1
    for content in data["pages"]:
        if not home.get_children().filter(slug=content["slug"]).exists():
            page_add(home, TextPage(title=content["title"], slug=content["slug"], body="".join(content["body"])))
            added += 1
    return added


@transaction.atomic
def site_follow() -> str:
    """Make the site of the pages answer to the address of the instance; return it."""
    parts = urlsplit(home_address())
    site = Site.objects.get(is_default_site=True)
    site.hostname = parts.hostname or site.hostname
    site.port = parts.port or (443 if parts.scheme == "https" else 80)
    site.save()
    return site.root_url


def page_add(parent: Page, page: Page) -> Page:
    """Put a page under another and publish its first revision, so that its history begins with it."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _home_create(content: dict[str, Any]) -> HomePage:
    """Create the site's home, in the place of the welcome page that Wagtail's own migrations write."""
    root = Page.get_first_root_node()
    home = HomePage(title=content["title"], slug="accueil", introduction=content["introduction"])
    page_add(root, home)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "Havre"
    site.save()
    root.get_children().filter(slug="home").exclude(pk=home.pk).delete()
    return home


@transaction.atomic
def page_permissions_load() -> int:
    """Make rights on branches of pages equal to `PAGE_PERMISSIONS`; answers their number.

    A branch that does not exist yet is left for the next run.
    """
    wanted = set()
    for role, branches in PAGE_PERMISSIONS.items():
        group = Group.objects.get(name=role.value)
        for slug, codenames in branches.items():
            for page in Page.objects.filter(slug=slug):
                wanted |= {(group.pk, page.pk, permission.pk) for permission in _permissions(codenames)}
    for row in GroupPagePermission.objects.all():
        key = (row.group_id, row.page_id, row.permission_id)
        if key in wanted:
            wanted.remove(key)
        else:
            row.delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=permission)
        for group, page, permission in wanted
    )
    return GroupPagePermission.objects.count()


def _permissions(codenames: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames))
