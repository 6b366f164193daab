"""Addresses of the register, of the search by name, and of what data protection checks."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from cms.data_rights.control import admin as control
from cms.data_rights.copies import admin as copies
from cms.data_rights.register import admin as register


class RightsViewSet(ViewSet):
    name = "havre_rights"
    url_prefix = "droits"
    icon = "group"
    menu_label = "Droits des personnes"

    def get_urlpatterns(self) -> list[URLPattern]:
        actions = {
            "identity": ("identite", register.identity_page),
            "entrust": ("confier", register.entrust_page),
            "names": ("recherche", copies.request_names_page),
            "link": ("rapprocher", register.link_page),
            "extend": ("prolonger", register.extend_page),
            "note": ("noter", register.note_page),
            "close": ("repondre", register.close_page),
            "copy": ("copie", copies.copy_page),
        }
        return [
            path("", register.register_page, name="index"),
            path("nouvelle/", register.add_page, name="add"),
            path("<uuid:pk>/", register.request_page, name="page"),
            *(path(f"<uuid:pk>/{route}/", view, name=name) for name, (route, view) in actions.items()),
            path("<uuid:pk>/copie/<uuid:copy_id>/autoriser/", copies.copy_agree_page, name="copy_agree"),
            path("<uuid:pk>/copie/<uuid:copy_id>/produire/", copies.copy_make_page, name="copy_make"),
        ]


class NamesViewSet(ViewSet):
    name = "havre_names"
    url_prefix = "recherche-par-nom"
    icon = "search"
    menu_label = "Recherche par nom"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", copies.names_page, name="index")]


class GuardViewSet(ViewSet):
    name = "havre_guard"
    url_prefix = "garde-du-journal"
    icon = "lock"
    menu_label = "Garde du journal"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", control.journal_page, name="index"),
            path("mois/<uuid:pk>/", control.month_page, name="month"),
            path("conservation/", control.hold_page, name="hold"),
            path("conservation/<uuid:pk>/lever/", control.lift_page, name="lift"),
            path("alertes/<uuid:pk>/", control.alert_page, name="alert"),
        ]


class ReviewViewSet(ViewSet):
    name = "havre_review"
    url_prefix = "revue-des-acces"
    icon = "calendar-check"
    menu_label = "Revue des accès"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", control.reviews_page, name="index"),
            path("<int:year>/<int:month>/", control.review_page, name="month"),
            path("<int:year>/<int:month>/signer/", control.sign_page, name="sign"),
        ]
