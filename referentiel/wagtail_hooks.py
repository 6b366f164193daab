"""Menu « Référentiel » of the administration."""

from functools import partial

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from cms.documents.models import DocumentKind
from cms.documents.versions.admin import PublishView, WriteView
from cms.documents.versions.policies import PUBLISHERS
from cms.navigation.menu import RoleMenuItem
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope
from referentiel.assessments.admin import CampaignsView, campaign_open_view
from referentiel.derogations.admin import derogation_agree_view, derogation_ask_view, derogation_revoke_view
from referentiel.reading.admin import PreviewView
from referentiel.signing.admin import AdherenceView, paper_view
from referentiel.steering.admin import SteeringView
from referentiel.visits.admin.board import VisitsView
from referentiel.visits.admin.views import (
    VisitView,
    visit_agree_view,
    visit_cancel_view,
    visit_close_view,
    visit_decide_view,
    visit_marks_view,
    visit_open_view,
    visit_send_view,
)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("referentiel/rediger/", WriteView.as_view(kind=DocumentKind.REFERENTIEL), name="referentiel_write"),
        path("referentiel/apercu/", PreviewView.as_view(), name="referentiel_preview"),
        path("referentiel/publier/", PublishView.as_view(kind=DocumentKind.REFERENTIEL), name="referentiel_publish"),
        path("referentiel/pilotage/", SteeringView.as_view(), name="referentiel_steering"),
        path("referentiel/engagements/", AdherenceView.as_view(), name="referentiel_adherence"),
        path("referentiel/evaluations/", CampaignsView.as_view(), name="referentiel_campaigns"),
        path("referentiel/evaluations/ouvrir/", campaign_open_view, name="referentiel_campaign_open"),
        path("referentiel/visites/", VisitsView.as_view(), name="referentiel_visits"),
        path("referentiel/visites/preparer/", visit_open_view, name="referentiel_visit_open"),
        path("referentiel/visites/<uuid:pk>/", VisitView.as_view(), name="referentiel_visit"),
        path("referentiel/visites/<uuid:pk>/chapitres/<str:code>/", visit_marks_view, name="referentiel_visit_marks"),
        path("referentiel/visites/<uuid:pk>/envoyer/", visit_send_view, name="referentiel_visit_send"),
        path("referentiel/visites/<uuid:pk>/accords/", visit_agree_view, name="referentiel_visit_agree"),
        path("referentiel/visites/<uuid:pk>/decider/<str:code>/", visit_decide_view, name="referentiel_visit_decide"),
        path("referentiel/visites/<uuid:pk>/clore/", visit_close_view, name="referentiel_visit_close"),
        path("referentiel/visites/<uuid:pk>/abandonner/", visit_cancel_view, name="referentiel_visit_cancel"),
        path("referentiel/derogations/<uuid:pk>/proposer/", derogation_ask_view, name="referentiel_derogation_ask"),
        path("referentiel/derogations/<uuid:pk>/accord/", derogation_agree_view, name="referentiel_derogation_agree"),
        path("referentiel/derogations/<uuid:pk>/lever/", derogation_revoke_view, name="referentiel_derogation_revoke"),
        path("referentiel/engagements/<uuid:pk>/papier/", paper_view, name="referentiel_paper"),
    ]


def shown(roles: tuple[Role, ...], request: HttpRequest) -> bool:
    return scope.current().has_role(*roles)


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    entries = [
        ("Pilotage", "referentiel_steering", "table", tuple(SEES_ALL_CASES)),
        ("Rédiger", "referentiel_write", "edit", PUBLISHERS),
        ("Publier une version", "referentiel_publish", "upload", PUBLISHERS),
        ("Engagements", "referentiel_adherence", "check", tuple(SEES_ALL_CASES)),
        ("Auto-évaluations", "referentiel_campaigns", "form", tuple(SEES_ALL_CASES)),
        ("Visites", "referentiel_visits", "view", tuple(SEES_ALL_CASES)),
    ]
    items = [
        RoleMenuItem(label, reverse(name), icon_name=icon, order=order, shown=partial(shown, roles))
        for order, (label, name, icon, roles) in enumerate(entries)
    ]
    return SubmenuMenuItem("Référentiel", Menu(items=items), icon_name="list-ul", order=500)
