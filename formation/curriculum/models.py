"""The curriculum as it is written; what people read is its frozen version (`cms.documents`)."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from cms.home.models import FrozenPage
from formation.curriculum.fields import QuestionsBlock, question_content

CODE = RegexValidator(r"^[A-Z][A-Z0-9]{0,9}$", "Une lettre majuscule, puis des chiffres ou des majuscules : M1, R.")
ONE_BY_LINE = "Un par ligne."


class CurriculumIndexPage(FrozenPage):
    """Root of the curriculum, slug `formation`."""

    introduction = models.TextField("introduction", blank=True)

    content_panels = [*FrozenPage.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["formation.ModulePage"]
    max_count = 1

    class Meta:
        verbose_name = "programme de formation"
        verbose_name_plural = "programmes de formation"

    @property
    def frozen_url(self) -> str:
        return reverse("formation:catalogue")


class ModulePage(FrozenPage):
    """One module. Its code stays the same from version to version."""

    code = models.CharField("code", max_length=10, unique=True, validators=[CODE])
    hours = models.DecimalField(
        "durée en heures",
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("60"))],
    )
    publics = models.CharField("publics", max_length=200)
    is_compulsory = models.BooleanField("obligatoire pour un partenaire", default=False)
    compulsory = models.CharField("obligation, en clair", max_length=200, blank=True)
    is_refresher = models.BooleanField("recyclage", default=False)
    objectives = models.TextField("objectifs", help_text=ONE_BY_LINE)
    programme = models.TextField("programme", help_text=ONE_BY_LINE)
    evaluation = models.TextField("évaluation", blank=True)
    prerequisites = models.CharField("prérequis", max_length=200, blank=True)
    questions = StreamField(
        QuestionsBlock(),
        blank=True,
        verbose_name="questionnaire",
        help_text="Les sessions planifiées ensuite le posent tel que publié. La satisfaction se demande toujours.",
    )

    content_panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("hours")]),
        *FrozenPage.content_panels,
        FieldPanel("publics"),
        MultiFieldPanel(
            [FieldPanel("is_compulsory"), FieldPanel("compulsory"), FieldPanel("is_refresher")], heading="Obligation"
        ),
        FieldPanel("objectives"),
        FieldPanel("programme"),
        FieldPanel("evaluation"),
        FieldPanel("prerequisites"),
        FieldPanel("questions"),
    ]
    # Without the questions: whoever reads the public API would know the right answers.
    api_fields = [
        APIField(name)
        for name in (
            "code", "hours", "publics", "is_compulsory", "compulsory", "is_refresher",
            "objectives", "programme", "evaluation", "prerequisites",
        )
    ]  # fmt: skip
    parent_page_types = ["formation.CurriculumIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "module de formation"
        verbose_name_plural = "modules de formation"

    @property
    def frozen_url(self) -> str:
        return reverse("formation:module", args=[self.code])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the module as its template reads it, the same in the page and in the portal."""
        return {**super().get_context(request, *args, **kwargs), "module": self.as_clause()}

    def as_clause(self) -> dict[str, Any]:
        """Return the content of the module as a version freezes it."""
        return {
            "code": self.code,
            "title": self.title,
            "hours": f"{self.hours:f}",
            "publics": self.publics,
            "is_compulsory": self.is_compulsory,
            "compulsory": self.compulsory,
            "is_refresher": self.is_refresher,
            "objectives": lines(self.objectives),
            "programme": lines(self.programme),
            "evaluation": self.evaluation,
            "prerequisites": self.prerequisites,
            # Without a questionnaire the key is absent: the hash of such modules stays the same.
            **({"questions": [question_content(block) for block in self.questions]} if self.questions else {}),
        }


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
