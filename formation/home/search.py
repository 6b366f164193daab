"""What the one search finds in the portal: the modules of the curriculum and the sessions to come."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from cms.navigation.search import SHOWN, Door, Group, Hit, search_register
from formation.curriculum.selectors import curriculum_in_force
from formation.sessions.selectors import sessions_upcoming


def modules_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    version = curriculum_in_force()
    for clause in version.ordered_clauses if version else ():
        title = clause.content["title"]
        if words.lower() in f"{clause.code} {title}".lower():
            yield Hit(title, reverse("formation:module", args=[clause.code]), f"module {clause.code}")


def sessions_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    rows = sessions_upcoming().filter(Q(title__icontains=words) | Q(module_code__iexact=words))
    for row in rows.order_by("starts_on", "pk")[:SHOWN]:
        yield Hit(row.title, reverse("formation:session", args=[row.pk]), f"session du {row.starts_on:%d/%m/%Y}")


def register() -> None:
    for find in (modules_found, sessions_found):
        search_register(Door.PORTAL, Group.PAGES, find)
