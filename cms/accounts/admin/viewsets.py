"""Addresses of accounts in the admin."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from cms.accounts.admin import decisions as decisions, pages as pages
from cms.sessions.step_up import fresh_factor


class AccountsViewSet(ViewSet):
    name = "havre_accounts"
    url_prefix = "comptes"
    icon = "user"
    menu_label = "Comptes"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", pages.index_page, name="index"),
            path("invitations/", pages.invitations_page, name="invitations"),
            path("invitations/<uuid:pk>/renvoyer/", fresh_factor(pages.resend_page), name="resend"),
            path("invitations/<uuid:pk>/annuler/", fresh_factor(pages.cancel_page), name="cancel"),
            path("partenaire/<uuid:pk>/inviter/", fresh_factor(pages.invite_page), name="invite"),
            path("rattachement/<uuid:pk>/prolonger/", fresh_factor(pages.renew_page), name="renew"),
            path("rattachement/<uuid:pk>/fin/", fresh_factor(pages.leave_page), name="leave"),
            path("revue/", fresh_factor(decisions.review_page), name="review"),
            path("<uuid:pk>/", pages.account_page, name="page"),
            path("<uuid:pk>/suspendre/", fresh_factor(pages.suspend_page), name="suspend"),
            path("<uuid:pk>/rouvrir/", fresh_factor(pages.reopen_page), name="reopen"),
            path("<uuid:pk>/seconde-preuve/", fresh_factor(pages.factor_ask_page), name="factor_ask"),
            path("<uuid:pk>/droits/", fresh_factor(pages.rights_ask_page), name="rights_ask"),
        ]


class RightsViewSet(ViewSet):
    name = "havre_decisions"
    url_prefix = "decisions"
    icon = "key"
    menu_label = "Décisions à deux"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", decisions.index_page, name="index"),
            path("droits/<uuid:pk>/", decisions.change_page, name="change"),
            path("droits/<uuid:pk>/<str:step>/", fresh_factor(decisions.change_decide_page), name="change_decide"),
            path("seconde-preuve/<uuid:pk>/", decisions.factor_page, name="factor"),
            path(
                "seconde-preuve/<uuid:pk>/<str:step>/",
                fresh_factor(decisions.factor_decide_page),
                name="factor_decide",
            ),
        ]
