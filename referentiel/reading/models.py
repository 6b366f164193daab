"""The référentiel as pages: where it is written. What partners read and sign is the frozen version."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator, slugify
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField

from cms.home.models import FrozenPage
from referentiel.enums import Level, Mode
from referentiel.reading.fields import ChoicesField, FrozenField
from referentiel.reading.rules import exigence_of

CODE = RegexValidator(r"^[A-Z][0-9]+(\.[0-9]+)*$", "Un code s’écrit avec une lettre et des chiffres, comme E1.1.")


class ReferentielPage(FrozenPage):
    class Meta:
        abstract = True

    @property
    def anchor(self) -> str:
        """Fragment of the page in the frozen version."""
        return ""

    @property
    def frozen_url(self) -> str:
        return reverse("referentiel:read") + (f"#{self.anchor}" if self.anchor else "")


class ReferentielIndexPage(ReferentielPage):
    """Root of the référentiel, slug `referentiel`."""

    introduction = models.TextField("introduction")

    content_panels = [*FrozenPage.content_panels, FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["referentiel.ChapterPage"]

    class Meta:
        verbose_name = "référentiel"
        verbose_name_plural = "référentiels"


class ChapterPage(ReferentielPage):
    code = models.CharField("code", max_length=5, help_text="Première lettre du code de ses exigences.")
    introduction = models.TextField("introduction", blank=True)

    content_panels = [*FrozenPage.content_panels, FieldPanel("code"), FieldPanel("introduction")]
    api_fields = [APIField("code")]
    parent_page_types = ["referentiel.ReferentielIndexPage"]
    subpage_types = ["referentiel.ExigencePage"]

    class Meta:
        verbose_name = "chapitre"
        verbose_name_plural = "chapitres"

    @property
    def anchor(self) -> str:
        return f"chapitre-{slugify(self.code)}"


class ExigencePage(ReferentielPage):
    """One exigence. Its title is made of its code and its text."""

    code = models.CharField(
        "code", max_length=20, validators=[CODE], help_text="Il ne change plus : les structures s’y réfèrent."
    )
    level = models.CharField("niveau", max_length=10, choices=Level.choices, default=Level.STANDARD)
    text = models.TextField("exigence", help_text="Une phrase, au présent, qui se vérifie.")
    evidence = models.TextField("preuves attendues", help_text="Une preuve par ligne.")
    modes = ChoicesField(
        models.CharField(max_length=1, choices=Mode.choices), verbose_name="comment on vérifie", default=list
    )
    assessment = models.TextField("ce que regarde l’évaluateur", blank=True)
    module_codes = ArrayField(
        models.CharField(max_length=10),
        verbose_name="modules de formation",
        default=list,
        blank=True,
        help_text="Codes séparés par des virgules, comme M4, M6.",
    )
    law = models.CharField("texte de loi", max_length=200, blank=True)
    is_law_verified = models.BooleanField(
        "texte de loi vérifié", default=False, help_text="Tant qu’il ne l’est pas, les structures ne le voient pas."
    )

    content_panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
        FieldPanel("text"),
        FieldPanel("evidence"),
        FieldPanel("modes"),
        FieldPanel("assessment"),
        FieldPanel("module_codes"),
        MultiFieldPanel([FieldPanel("law"), FieldPanel("is_law_verified")], heading="Fondement juridique"),
    ]
    promote_panels: list = []
    api_fields = [APIField("code")] + [
        APIField(part, serializer=FrozenField(part)) for part in ("level", "text", "evidence", "modes", "assessment")
    ]
    parent_page_types = ["referentiel.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "exigence"
        verbose_name_plural = "exigences"

    @property
    def anchor(self) -> str:
        return self.code

    @property
    def evidence_lines(self) -> list[str]:
        return [line.strip() for line in self.evidence.splitlines() if line.strip()]

    def as_clause(self) -> dict[str, Any]:
        """Return what a version freezes of this page."""
        return {
            "level": self.level,
            "text": self.text,
            "evidence": self.evidence_lines,
            "modes": sorted(self.modes),
            "assessment": self.assessment,
            "module_codes": self.module_codes,
            "law": self.law,
            "is_law_verified": self.is_law_verified,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "item": exigence_of(self.code, self.as_clause())}

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.title = f"{self.code} – {Truncator(self.text).chars(90)}"
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        if ExigencePage.objects.live().filter(code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"code": "Une autre exigence en ligne porte déjà ce code."})
        super().clean()
