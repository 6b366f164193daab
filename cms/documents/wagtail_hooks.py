"""Menu « Documents » of the administration."""

from django.urls import path, reverse
from wagtail import hooks

from cms.access import scope
from cms.access.menu import RoleMenuItem
from cms.documents.policies import PUBLISHERS
from cms.documents.viewsets import DocumentsView, PreviewView, PublishView, WriteView


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("documents-du-reseau/", DocumentsView.as_view(), name="documents_index"),
        path("documents-du-reseau/<slug:kind>/rediger/", WriteView.as_view(), name="documents_write"),
        path("documents-du-reseau/<slug:kind>/apercu/", PreviewView.as_view(), name="documents_preview"),
        path("documents-du-reseau/<slug:kind>/publier/", PublishView.as_view(), name="documents_publish"),
    ]


@hooks.register("register_admin_menu_item")
def menu():
    return RoleMenuItem(
        "Documents du réseau",
        reverse("documents_index"),
        icon_name="doc-full",
        order=510,
        shown=lambda request: scope.current().has_role(*PUBLISHERS),
    )
