"""« Périodes » in the back office's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.navigation.menu import FIGURES_MENU
from cms.sessions.step_up import fresh_factor
from dashboards.policies import VIEW
from dashboards.reporting.common.admin import TITLE
from dashboards.reporting.history import admin as history
from dashboards.reporting.home import admin as home
from dashboards.reporting.periods import admin as periods
from dashboards.reporting.releases import admin as releases
from dashboards.reporting.state import admin as state
from dashboards.reporting.targets import admin as targets


class PeriodsViewSet(ViewSet):
    name = "havre_periods"
    url_prefix = "periodes"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", home.index_page, name="index"),
            path("clore/", periods.ask_page, name="ask"),
            path("<uuid:pk>/", periods.period_page, name="period"),
            path("<uuid:pk>/detail/", periods.detail_page, name="detail"),
            path("<uuid:pk>/decider/", fresh_factor(periods.agree_page), name="agree"),
            path("<uuid:pk>/ecarter/", periods.dismiss_page, name="dismiss"),
            path("<uuid:pk>/reviser/<str:code>/", periods.revise_page, name="revise"),
            path("<uuid:pk>/publier/", releases.release_ask_page, name="release_ask"),
            path("publications/<uuid:pk>/", releases.release_page, name="release"),
            path("publications/<uuid:pk>/decider/", fresh_factor(releases.release_agree_page), name="release_agree"),
            path("publications/<uuid:pk>/ecarter/", releases.release_dismiss_page, name="release_dismiss"),
            path("cibles/<int:year>/", targets.targets_page, name="targets"),
            path("registres/", history.history_page, name="history"),
            path("registres/essayer/", history.ask_page, name="history_ask"),
            path("registres/<uuid:pk>/", history.import_page, name="history_import"),
            path("registres/<uuid:pk>/decider/", fresh_factor(history.agree_page), name="history_agree"),
            path("registres/<uuid:pk>/ecarter/", history.dismiss_page, name="history_dismiss"),
            path("etat/", state.index_page, name="state"),
            path("etat/questions/poser/", state.question_ask_page, name="question_ask"),
            path("etat/questions/<uuid:pk>/", state.question_page, name="question"),
            path("etat/questions/<uuid:pk>/repondre/", state.question_answer_page, name="question_answer"),
            path("etat/comites/inscrire/", state.committee_write_page, name="committee_add"),
            path("etat/comites/<uuid:pk>/", state.committee_page, name="committee"),
            path("etat/comites/<uuid:pk>/modifier/", state.committee_write_page, name="committee_change"),
        ]


class PeriodsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_viewset")
def periods_viewset() -> PeriodsViewSet:
    return PeriodsViewSet()


@hooks.register(FIGURES_MENU)
def periods_menu_item() -> PeriodsMenuItem:
    return PeriodsMenuItem(TITLE, reverse_lazy("havre_periods:index"), name="periodes", icon_name="lock", order=255)
