"""Pages of the site: what is published, and nothing else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page, Revision

from cms.home.enums import RIGHT_TO_LEFT
from cms.home.rules import Draft, preview_link

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "image", "document-link"]


class BasePage(Page):
    """Every page of ours. What is online is never overwritten by the autosave of its author."""

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save, and keep a revision that is online or about to be: autosave then opens a new one."""
        if overwrite_revision is not None and (
            overwrite_revision.approved_go_live_at
            # Asked of the table: the instance may have been read before its revision went online.
            or Page.objects.filter(pk=self.pk, live_revision=overwrite_revision).exists()
        ):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)


class FrozenPage(BasePage):
    """A page that is written here and read, by whoever is signed in, in the frozen version of its document."""

    class Meta:
        abstract = True

    @property
    def frozen_url(self) -> str:
        """Where the network reads it."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.frozen_url)


class SitePage(BasePage):
    """A page that everybody reads as it is written: a draft of it is looked at in the front, when there is one."""

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Add the language to the address of a translation: two pages of one name would stand at one address."""
        parts = super().get_url_parts(request)
        code = self.locale.language_code
        if code == settings.LANGUAGE_CODE or not parts or parts[2] is None:
            return parts
        root = reverse("wagtail_serve", args=[""])
        return parts[0], parts[1], f"{root}{code}/{parts[2].removeprefix(root)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say in which language and from which side the page is read, and in which others it is."""
        code = self.locale.language_code
        side = "rtl" if code in RIGHT_TO_LEFT else "ltr"
        others = list(self.get_translations().live().public().select_related("locale"))
        return {**super().get_context(request, *args, **kwargs), "language": code, "side": side, "others": others}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Lead to the front with a link to the last revision: the autosave wrote what stands on the screen."""
        user = getattr(request, "user", None)
        if not (settings.HAVRE_PREVIEW_URL and self.latest_revision_id and user and user.is_authenticated):
            return super().serve_preview(request, mode_name)
        return redirect(preview_link(Draft(self.pk, self.latest_revision_id, str(user.pk))))


class HomePage(SitePage):
    """Root of the site, slug `accueil`."""

    introduction = RichTextField("introduction", blank=True, features=["bold", "link", "ul"])

    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"


class TextPage(SitePage):
    """A plain page: accessibility statement, personal data, legal notice."""

    body = RichTextField("texte", features=TEXT_FEATURES)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"
