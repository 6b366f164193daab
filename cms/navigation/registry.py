"""Registry of the portal: each app registers its entries of navigation and its panels of the home page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from cms.navigation.key_figures import counts_read
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.scope import Scope


@dataclass(frozen=True)
class NavEntry:
    """One entry of the navigation, shown to the roles given (every signed-in person when empty)."""

    label: str
    url_name: str
    order: int
    roles: tuple[Role, ...] = ()
    badge: Callable[[], str] | None = None
    """What stands beside the label, read under the current scope."""


@dataclass(frozen=True)
class Panel:
    """One block of the home page: a template, and a function that reads its context under the current scope."""

    template: str
    context: Callable[..., dict]
    order: int
    roles: tuple[Role, ...] = ()
    counts: Callable[[Scope], Mapping[str, QuerySet]] | None = None
    """Rows to count for this panel, given to `context` beside the scope: those of all panels are one statement."""


@dataclass
class NavItem:
    label: str
    url: str
    is_current: bool
    badge: str = field(default="")


_entries: list[NavEntry] = []
_panels: list[Panel] = []
_conditions: list[Callable[[HttpRequest, str], bool]] = []


def nav_register(
    label: str,
    url_name: str,
    *,
    order: int,
    roles: tuple[Role, ...] = (),
    badge: Callable[[], str] | None = None,
) -> None:
    _entries.append(NavEntry(label, url_name, order, roles, badge))


def nav_condition_register(is_shown: Callable[[HttpRequest, str], bool]) -> None:
    """Add what an entry must satisfy, by the name of its page, to be shown to whoever asks."""
    _conditions.append(is_shown)


def panel_register(
    template: str,
    context: Callable[..., dict],
    *,
    order: int,
    roles: tuple[Role, ...] = (),
    counts: Callable[[Scope], Mapping[str, QuerySet]] | None = None,
) -> None:
    _panels.append(Panel(template, context, order, roles, counts))


def navigation_for(request: HttpRequest) -> list[NavItem]:
    """Entries for the person signed in, the current one marked."""
    if not request.user.is_authenticated:
        return []
    entries = [
        entry
        for entry in sorted(_entries, key=lambda entry: entry.order)
        if allowed(entry.roles) and is_open(request, entry.url_name)
    ]
    urls = [reverse(entry.url_name) for entry in entries]
    around = [url for url in urls if (request.path == url if url == "/" else request.path.startswith(url))]
    current = max(around, key=len, default="")
    return [
        NavItem(entry.label, url, url == current, entry.badge() if entry.badge else "")
        for entry, url in zip(entries, urls, strict=True)
    ]


def is_open(request: HttpRequest, url_name: str) -> bool:
    """Return whether whoever is signed in is shown the way to a page."""
    return request.user.is_authenticated and all(is_shown(request, url_name) for is_shown in _conditions)


def panels_for_current() -> list[tuple[str, dict]]:
    """Templates and contexts of the home page under the current scope, in order."""
    current = scope.current()
    panels = [panel for panel in sorted(_panels, key=lambda panel: panel.order) if allowed(panel.roles)]
    rows = {
        f"n{place}_{name}": queryset
        for place, panel in enumerate(panels)
        if panel.counts
        for name, queryset in panel.counts(current).items()
    }
    counts = counts_read(rows) if rows else {}
    return [(panel.template, _context(panel, current, f"n{place}_", counts)) for place, panel in enumerate(panels)]


def _context(panel: Panel, current: Scope, prefix: str, counts: Mapping[str, int]) -> dict:
    if panel.counts is None:
        return panel.context(current)
    mine = {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix)}
    return panel.context(current, mine)


def allowed(roles: tuple[Role, ...]) -> bool:
    return not roles or scope.current().has_role(*roles)
