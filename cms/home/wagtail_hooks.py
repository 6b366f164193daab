"""Images and files of the site: shown in the admin to those who write it, to readers by the content API."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import escape
from django.views.static import serve
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.home.admin import TranslationsView, may_translate
from cms.navigation.menu import RoleMenuItem
from cms.users.roles import MEDIA_ROLES, Role
from cms.wall import scope

SHOWN = ("images", "original_images", "documents")
"""Folders of MEDIA_ROOT."""


class PublicImage(ImageEmbedHandler):
    """An image of a page, from the content API, which gives it as long as a page online holds it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [
            _image(attrs) if image else "" for attrs, image in zip(attrs_list, cls.get_many(attrs_list), strict=True)
        ]


class PublicFile(DocumentLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        rows = cls.get_many(attrs_list)
        return [f'<a href="{reverse("content:file", args=[row.pk])}">' if row else "<a>" for row in rows]


def _image(attrs: dict) -> str:
    address = reverse("content:rendition", args=[int(attrs["id"]), "800-jpeg"])
    return f'<img src="{address}" alt="{escape(attrs.get("alt", ""))}" loading="lazy">'


@hooks.register("register_rich_text_features", order=100)
def public_addresses(features: FeatureRegistry) -> None:
    features.register_embed_type(PublicImage)
    features.register_link_type(PublicFile)


def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give an image or a file to those who write pages; it never runs under our address."""
    is_known = Path(name).parts[:1] in {(folder,) for folder in SHOWN}
    if not is_known or ".." in name or not scope.current().has_role(*MEDIA_ROLES, Role.TRAINER):
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    if name.startswith("documents/"):
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("media/<path:name>", media, name="home_media"),
        path("traductions/", TranslationsView.as_view(), name="home_translations"),
    ]


def shown(request: HttpRequest) -> bool:
    return may_translate()


@hooks.register("register_admin_menu_item")
def translations_entry() -> MenuItem:
    address = reverse_lazy("home_translations")
    return RoleMenuItem("Traductions", address, name="traductions", icon_name="site", order=220, shown=shown)
