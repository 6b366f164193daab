"""Pages of the site: what is published, and nothing else."""

from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page


class BasePage(Page):
    """Every page of ours. A published revision is never overwritten by autosave."""

    class Meta:
        abstract = True

    def save_revision(self, *args, **kwargs):
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and overwritten.pk == self.live_revision_id:
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)


class HomePage(BasePage):
    """Root of the site, slug `accueil`."""

    introduction = RichTextField("introduction", blank=True, features=["bold", "link", "ul"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"


class TextPage(BasePage):
    """A plain page: accessibility statement, personal data, legal notice."""

    body = RichTextField("texte", features=["h2", "h3", "bold", "italic", "ul", "ol", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"
