"""A page of the curriculum goes online or offline: the version follows."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from formation.curriculum.models import CurriculumIndexPage, ModulePage
from formation.curriculum.services import curriculum_freeze


@receiver(page_published, dispatch_uid="formation.published")
def page_online(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if issubclass(sender, CurriculumIndexPage | ModulePage):
        curriculum_freeze(page=instance)


@receiver(page_unpublished, dispatch_uid="formation.unpublished")
def page_offline(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if issubclass(sender, ModulePage):
        curriculum_freeze(page=instance, is_withdrawn=True)
