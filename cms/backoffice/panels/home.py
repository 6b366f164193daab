"""Home page of the admin: what waits now, this week, the places; for the others, what they may do."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from laces.components import Component
from wagtail.admin.views.home import HomeView

from cases.common.admin.words import time_left
from cases.enums import ANSWERS_ACCEPTING, IncidentState, SollicitationState
from cases.files.duplicates.admin import merges_to_agree
from cases.home.admin import late_lines
from cases.matching.selectors.places import places_by_structure
from cases.models import Incident, LegalFrame, Placement, Proposal, Sollicitation
from cases.requests.board.selectors import answers_said, promised_at
from cases.stays.selectors import stays_under_expired
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.versions.selectors import proposals_awaiting
from cms.kit.templatetags.french import date
from cms.kit.words import NBSP
from cms.partners.models import Partner
from cms.users.roles import Role
from cms.values.settings import settings_frozen
from cms.wall import scope
from formation.enums import SessionState
from formation.models import Session
from referentiel.steering.panels import steering_figures
from referentiel.visits.selectors.inbox import standards_waiting

SHOWN = 6
"""Lines of a panel: the list page shows the others."""

COUNTED_DAYS = 15
"""From here on, a date says more than a number of days."""

TO_FOLLOW = (SollicitationState.RECEIVED, SollicitationState.IN_CHARGE)


def elapsed(since: dt.datetime, now: dt.datetime) -> str:
    """`il y a 40 min`, `il y a 2 h`, `il y a 3 jours`, then the date."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"il y a {minutes}{NBSP}min"
    if minutes < 48 * 60:
        return f"il y a {minutes // 60}{NBSP}h"
    if minutes < COUNTED_DAYS * 24 * 60:
        return f"il y a {minutes // (24 * 60)}{NBSP}jours"
    return "le " + date(timezone.localtime(since), "j F Y")


class RoleHomeView(HomeView):
    """Wagtail's home without the site it summarises: each role finds its own panels."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Panels read their delays from one query, whatever their number."""
        with settings_frozen():
            return super().get(request, *args, **kwargs).render()

    def get_site_details(self) -> dict:
        return {"site_name": settings.WAGTAIL_SITE_NAME}


def promise_of(row: Sollicitation, now: dt.datetime) -> tuple[dt.datetime | None, str]:
    """When the first answer is promised and what is left, as the on-call reads it; nothing once it is given."""
    due_at = None if row.first_answered_at else promised_at(row.urgency, row.received_at)
    return due_at, time_left(due_at, now) if due_at else ""


class NowPanel(Component):
    """Sollicitations by urgency, those whose structures have not answered, incidents that nobody has acknowledged, and
    the clocks of legal frames.
    """

    order = 1
    template_name = "backoffice/panel_now.html"

    def get_context_data(self, parent_context: Any) -> dict:
        now = timezone.now()
        asked = Proposal.objects.live().filter(orientation__sollicitation_id=OuterRef("pk"), confirmed_at=None)
        to_read = asked.filter(Q(answer=None) | Q(answer__in=ANSWERS_ACCEPTING))
        kept = Proposal.objects.live().filter(orientation__sollicitation_id=OuterRef("pk"), confirmed_at__isnull=False)
        waiting = (
            Sollicitation.objects.real()
            .open()
            .filter(Q(state__in=TO_FOLLOW) | (Exists(to_read) & ~Exists(kept)))
            .select_related("urgency", "requester")
            .order_by("urgency__position", "received_at")
        )
        incidents = (
            Incident.objects.real()
            .filter(state=IncidentState.DECLARED)
            .select_related("incident_type", "partner")
            .order_by("declared_at")
        )
        rows = list(waiting[:SHOWN])
        answers = answers_said(row.pk for row in rows)
        clocks = LegalFrame.objects.to_watch().select_related("case", "frame")
        return {
            "now": now,
            "merges": merges_to_agree(parent_context["request"].user)[:SHOWN],
            "clocks": [(row, time_left(row.due_at, now)) for row in clocks[:SHOWN] if row.due_at],
            "sollicitations": [
                (row, elapsed(row.received_at, now), *promise_of(row, now), answers.get(row.pk, "")) for row in rows
            ],
            "incidents": [(row, elapsed(row.declared_at, now)) for row in incidents[:SHOWN]],
        }


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


class PlacesPanel(Component):
    """Places of structures open today and not suspended, and how many are free."""

    order = 30
    template_name = "backoffice/panel_places.html"

    def get_context_data(self, parent_context: Any) -> dict:
        structures = Partner.objects.structures().not_suspended_on(timezone.localdate())
        places = places_by_structure(structures).values()
        return {
            "total": sum(house.opened for house in places),
            "free": sum(house.free for house in places),
            "present": sum(house.used for house in places),
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


class WelcomePanel(Component):
    """For those who read no row about a minor: where their work is."""

    order = 10
    template_name = "backoffice/panel_welcome.html"

    TASKS = (
        ((Role.EDITOR,), "Rédiger et publier les pages du site et le référentiel.", "wagtailadmin_explore_root"),
        ((Role.TRAINER,), "Rédiger et publier les modules de formation.", "wagtailadmin_explore_root"),
        ((Role.DPO,), "Lire le journal : qui a consulté, changé ou s’est vu refuser quoi.", "havre_journal:index"),
        ((Role.TECH_ADMIN,), "Suivre l’état du service. Aucune fiche de mineur ne vous est ouverte.", ""),
    )

    def get_context_data(self, parent_context: Any) -> dict:
        current = scope.current()
        tasks = [(text, reverse(name) if name else "") for roles, text, name in self.TASKS if current.has_role(*roles)]
        return {"tasks": tasks}


def panels_for(current: scope.Scope) -> list[Component]:
    if current.sees_all_cases():
        return [
            NowPanel(),
            VersionsPanel(),
            LatePanel(),
            ExpiredPanel(),
            StandardsPanel(),
            WeekPanel(),
            PlacesPanel(),
        ]
    return [WelcomePanel(), *([VersionsPanel()] if current.has_role(*PUBLISHERS) else [])]
