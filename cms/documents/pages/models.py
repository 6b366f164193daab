"""Pages where documents made of articles are written: an introduction, and articles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField

from cms.documents.pages.rules import article_of
from cms.home.models import FrozenPage
from cms.values.words import promises_fill

CODE = RegexValidator(r"^[A-Z]?[0-9]+(\.[0-9]+)*$", "Un code s’écrit avec des chiffres, comme 3 ou 3.1.")


class DocumentPage(FrozenPage):
    """Root of one document, its slug is the kind. It comes with the reference data, or with a kind that
    the network adds: nobody adds a second one."""

    kind = models.CharField("document", max_length=30, unique=True, editable=False)
    introduction = models.TextField("introduction", help_text="À qui ce document s’adresse, et ce qu’il engage.")

    content_panels = [*FrozenPage.content_panels, FieldPanel("introduction")]
    is_creatable = False
    parent_page_types = ["home.HomePage"]
    subpage_types = ["documents.ArticlePage"]
    template = "documents/document_page.html"

    class Meta:
        verbose_name = "page d’un document"
        verbose_name_plural = "pages de documents"

    @property
    def frozen_url(self) -> str:
        return reverse("documents:read", args=[self.kind])


TEXT_HELP = (
    "Un paragraphe par ligne. Un tiret (- ) en tête de ligne fait un point de liste. {réponse:U0} et {lieu:U0} "
    "deviennent les délais promis par la liste « Degrés d’urgence »."
)


class ArticlePage(FrozenPage):
    """One article of a document: a clause of its version."""

    code = models.CharField(
        "numéro d’article", max_length=20, validators=[CODE], help_text="Il ne change plus : on s’y réfère."
    )
    text = models.TextField(
        "texte", help_text="Un paragraphe par ligne. Un tiret (- ) en tête de ligne fait un point de liste."
    )
    law = models.CharField("texte de loi", max_length=200, blank=True)
    is_law_verified = models.BooleanField(
        "texte de loi vérifié", default=False, help_text="Tant qu’il ne l’est pas, personne ne le voit."
    )

    content_panels = [
        *FrozenPage.content_panels,
        FieldPanel("code"),
        FieldPanel("text", help_text=TEXT_HELP),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("law"), FieldPanel("is_law_verified")])], heading="Fondement juridique"
        ),
    ]
    promote_panels: list = []
    api_fields = [APIField("code")]
    parent_page_types = ["documents.DocumentPage"]
    subpage_types: list[str] = []
    template = "documents/article_page.html"

    class Meta:
        verbose_name = "article d’un document"
        verbose_name_plural = "articles de documents"

    @property
    def frozen_url(self) -> str:
        kind = DocumentPage.objects.ancestor_of(self).values_list("kind", flat=True).get()
        return f"{reverse('documents:read', args=[kind])}#article-{self.code}"

    def as_clause(self) -> dict[str, Any]:
        """Return what a version freezes of this page; a delay promised is the one of the list at that moment."""
        text = promises_fill(self.text)
        return {"title": self.title, "text": text, "law": self.law, "is_law_verified": self.is_law_verified}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "item": article_of(self.code, self.as_clause())}

    def clean(self) -> None:
        parent = self.get_parent() if self.pk else None
        twins = ArticlePage.objects.live().filter(code=self.code).exclude(pk=self.pk)
        if parent is not None and twins.child_of(parent).exists():
            raise ValidationError({"code": "Un autre article en ligne porte déjà ce numéro."})
        super().clean()
