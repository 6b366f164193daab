"""Guides that the network wrote, or that came with the product; what a person does first."""

from typing import cast

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from cms.documents.guides.rules import FIRST_STEPS, OWN, TOPICS, TRAINEE, FirstStep
from cms.documents.visibility.selectors import pages_readable
from cms.home.models import TextPage
from cms.home.rules import GUIDES
from cms.users.roles import NETWORK_ROLES
from cms.wall import scope


def guides_readable() -> list[TextPage]:
    """Return the guides online that the scope may read, in the order of the site."""
    rows = TextPage.objects.live().filter(slug__startswith=GUIDES, locale__language_code=settings.LANGUAGE_CODE)
    return cast(list[TextPage], list(pages_readable(rows).order_by("path")))


def guide_get(slug: str) -> TextPage:
    """Return a guide. Raise `Http404` for one that does not stand, or that the scope may not read."""
    guide = next((page for page in guides_readable() if page.slug == slug), None)
    if guide is None:
        raise Http404
    return guide


def guides_for_me() -> tuple[list[TextPage], list[TextPage]]:
    """Return the guides of the roles of the scope, then the others: those that the network added are for everybody."""
    current, guides = scope.current(), guides_readable()
    others = {topic.slug for topic in TOPICS if topic.roles and not current.has_role(*topic.roles)}
    return [page for page in guides if page.slug not in others], [page for page in guides if page.slug in others]


def first_steps() -> list[tuple[str, str]]:
    """Return what somebody signed in does first, each with its address."""
    roles = scope.current().roles
    steps: list[FirstStep] = [step for role, each in FIRST_STEPS.items() if role in roles for step in each]
    return [(step.text, reverse(step.page)) for step in dict.fromkeys([*(steps or TRAINEE), *OWN])]


def is_of_network() -> bool:
    return scope.current().has_role(*NETWORK_ROLES)
