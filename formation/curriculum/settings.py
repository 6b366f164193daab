"""The version of the curriculum follows its pages: it is frozen again when one goes online or offline."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.documents.enums import DocumentKind
from cms.documents.pages.selectors import Reader, reader_register
from formation.curriculum.models import CurriculumIndexPage, ModulePage
from formation.curriculum.rules import readable, readable_head
from formation.curriculum.services import curriculum_freeze


def register() -> None:
    reader_register(DocumentKind.CURRICULUM, Reader(readable, readable_head))
    page_published.connect(page_online, dispatch_uid="formation.published")
    page_unpublished.connect(page_offline, dispatch_uid="formation.unpublished")


def page_online(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if issubclass(sender, CurriculumIndexPage | ModulePage):
        curriculum_freeze(page=instance)


def page_offline(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if issubclass(sender, ModulePage):
        curriculum_freeze(page=instance, is_withdrawn=True)
