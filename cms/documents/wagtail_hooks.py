"""Menu « Protocoles et chartes » of the administration."""

from collections.abc import Iterable
from functools import partial

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Page

from cms.documents.kinds import admin as kinds
from cms.documents.units.admin import UnitsView, review_view, unit_paper_view, unit_view
from cms.documents.versions.admin import DocumentsView, PreviewView, ProposalView, PublishView, WriteView
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.visibility.admin import DecideView, VisibilitiesView, VisibilityView
from cms.documents.visibility.selectors import pages_readable
from cms.navigation.menu import RoleMenuItem
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("documents-du-reseau/", DocumentsView.as_view(), name="documents_index"),
        path("documents-du-reseau/unites/", UnitsView.as_view(), name="documents_units"),
        path("documents-du-reseau/unites/<uuid:pk>/", unit_view, name="documents_unit"),
        path("documents-du-reseau/unites/<uuid:pk>/revue/", review_view, name="documents_unit_review"),
        path("documents-du-reseau/unites/<uuid:pk>/papier/", unit_paper_view, name="documents_unit_paper"),
        path("documents-du-reseau/proposees/<uuid:pk>/", ProposalView.as_view(), name="documents_proposal"),
        path("documents-du-reseau/lecture/", VisibilitiesView.as_view(), name="documents_visibility"),
        path(
            "documents-du-reseau/lecture/document/<slug:kind>/",
            VisibilityView.as_view(),
            name="documents_visibility_document",
        ),
        path("documents-du-reseau/lecture/page/<int:pk>/", VisibilityView.as_view(), name="documents_visibility_page"),
        path("documents-du-reseau/lecture/<uuid:pk>/", DecideView.as_view(), name="documents_visibility_decide"),
        path("documents-du-reseau/types/", kinds.kinds_view, name="documents_kinds"),
        path("documents-du-reseau/types/nouveau/", kinds.new_view, name="documents_kind_new"),
        path("documents-du-reseau/types/decision/<uuid:pk>/", kinds.decision_view, name="documents_kind_decision"),
        *(
            path(f"documents-du-reseau/types/{address}", view, name=f"documents_kind{name}")
            for address, view, name in (
                ("<slug:kind>/", kinds.kind_view, ""),
                ("<slug:kind>/signatures/", kinds.signatures_view, "_signatures"),
                ("<slug:kind>/faire-signer/", kinds.sign_view, "_sign"),
                ("<slug:kind>/ne-plus-faire-signer/", kinds.unsign_view, "_unsign"),
                ("<slug:kind>/validation/", kinds.validation_view, "_validation"),
                ("<slug:kind>/retirer/", kinds.retire_view, "_retire"),
                ("<slug:kind>/remettre/", kinds.return_view, "_return"),
            )
        ),
        path("documents-du-reseau/<slug:kind>/rediger/", WriteView.as_view(), name="documents_write"),
        path("documents-du-reseau/<slug:kind>/apercu/", PreviewView.as_view(), name="documents_preview"),
        path("documents-du-reseau/<slug:kind>/publier/", PublishView.as_view(), name="documents_publish"),
    ]


def shown(roles: Iterable[Role], request: HttpRequest) -> bool:
    return scope.current().has_role(*roles)


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    entries = [
        ("Rédiger et publier", "documents_index", "edit", PUBLISHERS),
        ("Qui lit quoi", "documents_visibility", "view", PUBLISHERS),
        ("Qui signe quoi", "documents_kinds", "form", tuple(SEES_ALL_CASES)),
        ("Unités du protocole", "documents_units", "group", tuple(SEES_ALL_CASES)),
    ]
    items = [
        RoleMenuItem(label, reverse(name), icon_name=icon, order=order, shown=partial(shown, roles))
        for order, (label, name, icon, roles) in enumerate(entries)
    ]
    return SubmenuMenuItem("Protocoles et chartes", Menu(items=items), icon_name="doc-full", order=510)


@hooks.register("before_serve_page")
def page_door(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponse | None:
    """Let nobody read a page that is kept to others: who has no account signs in, who may not read finds nothing."""
    if pages_readable(Page.objects.filter(pk=page.pk)).exists():
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
