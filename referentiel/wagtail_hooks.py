"""Menu « Référentiel » of the administration."""

from functools import partial

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from cms.access import scope
from cms.access.menu import RoleMenuItem
from cms.documents.models import DocumentKind
from cms.documents.policies import PUBLISHERS
from cms.documents.viewsets import PublishView, WriteView
from cms.users.roles import SEES_ALL_CASES
from referentiel.viewsets import (
    AdherenceView,
    CampaignsView,
    PreviewView,
    campaign_open_view,
    paper_view,
)


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("referentiel/rediger/", WriteView.as_view(kind=DocumentKind.REFERENTIEL), name="referentiel_write"),
        path("referentiel/apercu/", PreviewView.as_view(), name="referentiel_preview"),
        path("referentiel/publier/", PublishView.as_view(kind=DocumentKind.REFERENTIEL), name="referentiel_publish"),
        path("referentiel/engagements/", AdherenceView.as_view(), name="referentiel_adherence"),
        path("referentiel/evaluations/", CampaignsView.as_view(), name="referentiel_campaigns"),
        path("referentiel/evaluations/ouvrir/", campaign_open_view, name="referentiel_campaign_open"),
        path("referentiel/engagements/<uuid:pk>/papier/", paper_view, name="referentiel_paper"),
    ]


def shown(roles, request):
    return scope.current().has_role(*roles)


@hooks.register("register_admin_menu_item")
def menu():
    entries = [
        ("Rédiger", "referentiel_write", "edit", PUBLISHERS),
        ("Publier une version", "referentiel_publish", "upload", PUBLISHERS),
        ("Engagements", "referentiel_adherence", "check", tuple(SEES_ALL_CASES)),
        ("Auto-évaluations", "referentiel_campaigns", "form", tuple(SEES_ALL_CASES)),
    ]
    items = [
        RoleMenuItem(label, reverse(name), icon_name=icon, order=order, shown=partial(shown, roles))
        for order, (label, name, icon, roles) in enumerate(entries)
    ]
    return SubmenuMenuItem("Référentiel", Menu(items=items), icon_name="list-ul", order=500)
