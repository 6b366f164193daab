"""First pages of the site, and the rights of roles on branches of pages."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from cms.home.models import HomePage, TextPage
from cms.journal.services import journal_append
from cms.kit.addresses import home_address
from cms.users.models import User
from cms.users.roles import MEDIA_ROLES, PAGE_PERMISSIONS

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def pages_load() -> int:
    """Write and publish the first pages that are missing; answers their number. Touches none that exists."""
    data = json.loads((DATA / "pages.json").read_text(encoding="utf-8"))
    guides = json.loads((DATA / "guides.json").read_text(encoding="utf-8"))["guides"]
    home = HomePage.objects.filter(slug="accueil").first()
    added = 0
    if home is None:
        home = _home_create(data["accueil"])
        added += 1
    for content in [*data["pages"], *guides]:
        if not home.get_children().filter(slug=content["slug"]).exists():
            page_add(home, TextPage(title=content["title"], slug=content["slug"], body="".join(content["body"])))
            added += 1
    return added + sum(_translation_load(home, content) for content in data["translations"])


def _translation_load(home: HomePage, content: dict[str, Any]) -> int:
    """Publish the translation of a page that comes with the product, and that of the home page above it."""
    source = home if content["of"] == home.slug else TextPage.objects.child_of(home).get(slug=content["of"])
    locale, _ = Locale.objects.get_or_create(language_code=content["language"])
    if source.has_translation(locale):
        return 0
    page = _translate(source, locale)
    page.title = page.draft_title = content["title"]
    field = "introduction" if isinstance(page, HomePage) else "body"
    setattr(page, field, "".join(content[field]))
    page.save_revision().publish()
    return 1


@transaction.atomic
def translation_start(*, page: Page, code: str, by: User) -> Page:
    """Copy a page into another language, as a draft to translate; the home page above it comes first if it must.

    Raises `ValidationError` for an unknown language, or a page that stands in it already.
    """
    if code not in dict(settings.LANGUAGES) or code == settings.LANGUAGE_CODE:
        raise ValidationError("Choisissez une langue de la liste.")
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    locale, _ = Locale.objects.get_or_create(language_code=code)
    # One at a time: a page pressed twice is copied once.
    Page.objects.select_for_update().get(pk=page.pk)
    if page.has_translation(locale):
        raise ValidationError("Cette page est déjà commencée dans cette langue.")
    copy = _translate(page.specific, locale, by)
    page_permissions_load()
    journal_append(action="home.translation.start", details={"page": page.pk, "language": code})
    return copy


def _translate(page: Page, locale: Locale, by: User | None = None) -> Page:
    """Copy as a draft. Its address names the language: pages of one name stay apart wherever they are looked for."""
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        _translate(parent.specific, locale, by)
    copy = page.copy_for_translation(locale)
    copy.slug = f"{page.slug}-{locale.language_code}"
    copy.save()
    copy.save_revision(user=by)
    return copy.specific


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
            keys = Page.objects.filter(slug=slug).values("translation_key")
            for page in Page.objects.filter(translation_key__in=keys):
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


@transaction.atomic
def media_permissions_load() -> int:
    """Let those who write the site manage its images and files; answers the number of rights."""
    wanted = {
        (Group.objects.get(name=role.value).pk, permission.pk)
        for role in MEDIA_ROLES
        for permission in Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__regex="^(add|change|choose)_"
        ).exclude(content_type__model__in=("rendition", "uploadedimage", "uploadeddocument"))
    }
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.all().delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group_id=group, permission_id=permission, collection=root)
        for group, permission in sorted(wanted)
    )
    return len(wanted)


def _permissions(codenames: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames))
