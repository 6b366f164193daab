"""What each person reaches by themselves: from their home, link after link, with the forms of their pages."""

from collections import Counter, deque
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db.models import UUIDField
from django.test import Client
from django.urls import Resolver404, resolve

from cms.users.models import User
from cms.wall import scope
from tests.attack import pages
from tests.attack.nasty import Shot

DOORS = ("/", "/admin/", "/mon-compte/", "/boite/", "/formation/sessions/")
LEFT_ALONE = ("/compte/", "/static/", "/media/")
"""One's own factors and sign-out: their own tests."""
ROWS_OF_A_ROUTE, QUERIES_OF_A_ROW = 4, 2


@dataclass(frozen=True)
class Seen:
    """An address and the rows that it names."""

    address: str
    route: str
    rows: frozenset[UUID]


@dataclass
class Walk:
    """What one person saw."""

    links: list[Seen] = field(default_factory=list)
    forms: list[tuple[Seen, pages.Form]] = field(default_factory=list)

    @property
    def addresses(self) -> set[str]:
        return {seen.address for seen in self.links}


def seen_at(address: str) -> Seen | None:
    """Return what an address names, or None for one that is of no route."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return Seen(address, match.view_name, frozenset(key for key in match.kwargs.values() if isinstance(key, UUID)))


def crawl(client: Client, most: int) -> Walk:
    """Follow the links of each page, a few rows of each route, until `most` pages were read."""
    walk, queue, met = Walk(), deque(DOORS), set(DOORS)
    of_route, of_row = Counter(), Counter()
    while queue and len(walk.links) < most:
        seen = seen_at(queue.popleft())
        if seen is None:
            continue
        path, _, query = seen.address.partition("?")
        answer = Shot("GET", path, query).send(client)
        if answer.status_code != 200:
            continue
        walk.links.append(seen)
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            continue
        tree = pages.read(answer.content)
        if tree is None:
            continue
        for form in pages.forms(tree, path):
            target = seen_at(form.action) if form.method == "post" else None
            if target and not path.startswith(LEFT_ALONE) and not form.action.startswith(LEFT_ALONE):
                walk.forms.append((target, form))
        for address in pages.links(tree, path):
            found = None if address in met or address.startswith(LEFT_ALONE) else seen_at(address)
            met.add(address)
            if found is None:
                continue
            row = (found.route, address.partition("?")[0])
            of_route[found.route] += not of_row[row]
            of_row[row] += 1
            if of_route[found.route] <= ROWS_OF_A_ROUTE and of_row[row] <= QUERIES_OF_A_ROW:
                queue.append(address)
    return walk


def rows_given(user: User) -> set[UUID]:
    """Return the keys of every row that row security gives to this person, in every table."""
    with scope.acting(user):
        return {
            key
            for model in apps.get_models()
            if isinstance(model._meta.pk, UUIDField) and not model._meta.proxy
            for key in model._default_manager.values_list("pk", flat=True)
        }
