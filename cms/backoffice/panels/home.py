"""Home pages of the admin: the « Salle de veille », what the week holds; for the others, what they may do."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from laces.components import Component
from wagtail.admin.views.home import HomeView

from cases.home.admin import late_lines
from cases.models import Placement
from cases.stays.selectors import stays_under_expired
from cases.watch.admin import watch_page
from cms.backoffice.panels.around import requirement_lines
from cms.backoffice.panels.work import WorkPanel
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.versions.selectors import proposals_awaiting
from cms.values.settings import settings_frozen
from cms.wall import scope
from formation.enums import SessionState
from formation.models import Session
from referentiel.steering.panels import steering_figures
from referentiel.visits.selectors.inbox import standards_waiting

SHOWN = 6
"""Lines of a panel: the list page shows the others."""


class RoleHomeView(HomeView):
    """Wagtail's home without the site it summarises: each role finds its own panels. `is_week`: what does not wait
    for this hour, for those whose home is the « Salle de veille ».
    """

    is_week = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead those who watch over the network to what waits; panels read their delays from one query."""
        watches = scope.current().sees_all_cases()
        if self.is_week and not watches:
            raise Http404
        if watches and not self.is_week:
            return watch_page(request)
        with settings_frozen():
            return super().get(request, *args, **kwargs).render()

    def get_site_details(self) -> dict:
        return {"site_name": settings.WAGTAIL_SITE_NAME}


class LatePanel(Component):
    """What was promised after an arrival and is late, or due soon."""

    order = 15
    template_name = "backoffice/panel_late.html"

    def get_context_data(self, parent_context: Any) -> dict:
        lines, more = late_lines(timezone.now())
        return {"lines": lines, "more": more}


class WeekPanel(Component):
    """Sessions that begin, stays that begin or whose legal frame ends in the next seven days."""

    order = 20
    template_name = "backoffice/panel_week.html"

    def get_context_data(self, parent_context: Any) -> dict:
        today = timezone.localdate()
        week = (today, today + dt.timedelta(days=7))
        frames = Placement.objects.present_on(today).filter(legal_frame_ends_on__range=week).select_related("case")
        return {
            "sessions": Session.objects.real()
            .filter(state=SessionState.PLANNED, starts_on__range=week)
            .annotate(enrolled=Count("enrolments", filter=Q(enrolments__cancelled_at=None)))[:SHOWN],
            "frames": frames.order_by("legal_frame_ends_on")[:SHOWN],
        }


class ExpiredPanel(Component):
    """Minors who stay where no convention is in force any more: their reference, and since when. No structure."""

    order = 15
    template_name = "backoffice/panel_expired.html"

    def get_context_data(self, parent_context: Any) -> dict:
        stays = list(stays_under_expired(timezone.localdate())[: SHOWN + 1])
        return {"stays": stays[:SHOWN], "has_more": len(stays) > SHOWN}

    def render_html(self, parent_context: Any = None) -> str:
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["stays"] else ""


class StandardsPanel(Component):
    """Where the network stands before the référentiel; visits to decide, derogations to agree, proofs to renew."""

    order = 18
    template_name = "backoffice/panel_standards.html"

    def get_context_data(self, parent_context: Any) -> dict:
        today = timezone.localdate()
        lines = standards_waiting(scope.current().user_id, today)
        return {"lines": lines[:SHOWN], "more": len(lines[SHOWN:]), "figures": steering_figures(today)}

    def render_html(self, parent_context: Any = None) -> str:
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["lines"] or context["figures"] else ""


class VersionsPanel(Component):
    """Versions of documents that await the person: to validate, to publish, to write again."""

    order = 12
    template_name = "backoffice/panel_versions.html"

    def get_context_data(self, parent_context: Any) -> dict:
        user = parent_context["request"].user
        return {"rows": [(row, row.validator_id == user.pk) for row in proposals_awaiting(user)]}

    def render_html(self, parent_context: Any = None) -> str:
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["rows"] else ""


class SecondsPanel(Component):
    """Compulsory answers that somebody asked for, and that wait for this second person."""

    order = 13
    template_name = "backoffice/panel_seconds.html"

    def get_context_data(self, parent_context: Any) -> dict:
        return {"lines": requirement_lines(parent_context["request"].user)}

    def render_html(self, parent_context: Any = None) -> str:
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["lines"] else ""


def panels_for(current: scope.Scope) -> list[Component]:
    if current.sees_all_cases():
        return [
            VersionsPanel(),
            SecondsPanel(),
            LatePanel(),
            ExpiredPanel(),
            StandardsPanel(),
            WeekPanel(),
        ]
    return [WorkPanel(), *([VersionsPanel()] if current.has_role(*PUBLISHERS) else [])]
