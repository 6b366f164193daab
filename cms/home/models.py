"""Pages of the site: what is published, and nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page, Revision


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


class HomePage(BasePage):
    """Root of the site, slug `accueil`."""

    introduction = RichTextField("introduction", blank=True, features=["bold", "link", "ul"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"


class TextPage(BasePage):
    """A plain page: accessibility statement, personal data, legal notice."""

    body = RichTextField("texte", features=["h2", "h3", "bold", "italic", "ul", "ol", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"
