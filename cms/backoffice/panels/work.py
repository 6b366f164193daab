"""« À faire », on the homes of who trains, writes or runs the machines: what waits now, each with its one way in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from laces.components import Component
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.documents.guides.selectors import first_steps
from cms.home.checks import TO_FILL
from cms.home.models import TextPage
from cms.kit.words import NBSP, day_long
from cms.operations.state import state_read
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from formation.enums import SessionState
from formation.sessions.selectors import sessions_run

SHOWN = 6
"""Lines of each kind."""


@dataclass(frozen=True)
class Work:
    """One line: what, in which state, and the one thing to do. `is_late`: it should be done already."""

    what: str
    note: str
    act: str
    url: str
    is_late: bool = False


class WorkPanel(Component):
    """What waits, late first; else when the next thing comes. Under it, the first steps of the role."""

    order = 10
    template_name = "backoffice/panel_work.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        lines = [line for role, read in READERS.items() if scope.current().has_role(role) for line in read(user)]
        return {"lines": sorted(lines, key=lambda line: not line.is_late), "steps": first_steps()}


def training_lines(user: User) -> Iterator[Work]:
    """Sessions to close, then those of the next days, then modules that were changed and are not online."""
    today = timezone.localdate()
    run = sessions_run().filter(state=SessionState.PLANNED, is_test=False).order_by("starts_on")
    for session in run.filter(ends_on__lt=today)[:SHOWN]:
        url = reverse("formation:attendance", args=[session.pk])
        yield Work(session.title, f"finie le {day_long(session.ends_on)}, à clore", "Relire la feuille", url, True)
    coming = run.filter(ends_on__gte=today).annotate(
        enrolled=Count("enrolments", filter=Q(enrolments__cancelled_at=None))
    )
    for session in coming[:SHOWN]:
        note = f"{day_long(session.starts_on)}, {session.enrolled}{NBSP}inscrit{'s' if session.enrolled > 1 else ''}"
        yield Work(session.title, note, "Ouvrir la session", reverse("formation:session", args=[session.pk]))
    yield from draft_lines(user)


def writing_lines(user: User) -> Iterator[Work]:
    """Pages that the law asks for and that are still to fill in, then drafts."""
    for page in TextPage.objects.live().filter(body__icontains=TO_FILL).order_by("title")[:SHOWN]:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield Work(page.title, "en ligne, et encore à compléter", "Compléter", url, True)
    yield from draft_lines(user)


def draft_lines(user: User) -> Iterator[Work]:
    """Pages changed since they were published, of those that somebody may publish."""
    mine = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    changed = Page.objects.filter(pk__in=mine, has_unpublished_changes=True).order_by("-latest_revision_created_at")
    for page in changed[:SHOWN]:
        note = "en ligne, changée depuis" if page.live else "brouillon, jamais publiée"
        yield Work(page.title, note, "Reprendre", reverse("wagtailadmin_pages:edit", args=[page.pk]))


def service_lines(user: User) -> Iterator[Work]:
    """Everything that is not well, what stops people first, each with what to do."""
    unwell = [pair for pair in state_read() if not pair[1].is_well]
    for probe, reading in sorted(unwell, key=lambda pair: not pair[0].stops_work):
        what = f"{probe.label}{NBSP}: {reading.said}"
        yield Work(what, probe.advice, "Voir l’état du service", reverse("havre_state:index"), probe.stops_work)


READERS = {Role.TRAINER: training_lines, Role.EDITOR: writing_lines, Role.TECH_ADMIN: service_lines}
