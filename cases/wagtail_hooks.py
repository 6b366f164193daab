from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cases.arrival.admin import blocks as arrival_blocks, views as arrival
from cases.arrival.admin.viewsets import LinkingViewSet
from cases.arrival.opening import admin as opening
from cases.arrival.settling.admin import TITLE as SETTLING, settling_page
from cases.circuit.admin import blocks as circuit_blocks, views as circuit
from cases.circuit.admin.viewsets import CircuitTemplateViewSet, CircuitViewSet
from cases.extra.admin.viewsets import ExtraFieldViewSet
from cases.files.admin.viewsets import CaseViewSet
from cases.files.duplicates import admin as duplicates
from cases.files.models import Case
from cases.files.protection import admin as protection
from cases.grid import admin as grid
from cases.grid.admin import TITLE as GRID, grid_new_page, grid_settings_page
from cases.guard import admin as guard
from cases.incidents.admin import blocks as incidents_blocks
from cases.incidents.admin.views import phone_page
from cases.incidents.admin.viewsets import IncidentViewSet
from cases.incidents.learning.admin import TITLE as LEARNING, drill_page, learning_page
from cases.incidents.runaways.admin import views as runaways
from cases.incidents.runaways.admin.viewsets import RunawayDelayViewSet
from cases.incidents.targets.admin import TITLE as TARGETS, targets_page
from cases.matching import admin as matching
from cases.matching.admin import rules_page
from cases.night.admin import views as night
from cases.proposals.admin import blocks as proposals_blocks, views as proposals
from cases.proposals.admin.viewsets import OrientationViewSet
from cases.proposals.models import Orientation
from cases.proposals.unmet.admin import UnmetNeedViewSet
from cases.requests.admin import views as requests
from cases.requests.admin.blocks import case_part
from cases.requests.admin.viewsets import SollicitationViewSet
from cases.requests.board.admin import TITLE as BOARD, board_page
from cases.requests.calls import admin as calls
from cases.requests.calls.admin import call_page, paper_page
from cases.requests.messages import admin as exchanges
from cases.requests.models import Sollicitation
from cases.requests.shelter import admin as shelter
from cases.requests.unverified.admin import UnverifiedViewSet
from cases.stays.admin import blocks as stays_blocks
from cases.stays.admin.viewsets import PlacementViewSet
from cases.stays.models import Placement
from cases.stays.reviews import admin as reviews
from cases.voice.admin import VoiceViewSet
from cms.admin.actions import register_actions
from cms.admin.parts import register_parts
from cms.admin.viewsets import scoped_register
from cms.wall import scope


class CasesGroup(SnippetViewSetGroup):
    items = (CaseViewSet, OrientationViewSet, LinkingViewSet, PlacementViewSet, CircuitViewSet, UnmetNeedViewSet)
    menu_label = "Situations"
    menu_name = "situations"
    menu_icon = "folder-open-inverse"
    menu_order = 120


register_actions(
    Sollicitation,
    *proposals.REQUEST_ACTIONS,
    *matching.REQUEST_ACTIONS,
    *night.REQUEST_ACTIONS,
    *exchanges.ACTIONS,
    *shelter.ACTIONS,
    *grid.REQUEST_ACTIONS,
    *calls.ACTIONS,
)
register_actions(
    Case,
    *protection.ACTIONS,
    *duplicates.ACTIONS,
    *requests.CASE_ACTIONS,
    *opening.CASE_ACTIONS,
    *guard.CASE_ACTIONS,
    *arrival.CASE_ACTIONS,
    *circuit.CASE_ACTIONS,
)
register_actions(Orientation, *matching.ORIENTATION_ACTIONS, *opening.ORIENTATION_ACTIONS)
register_actions(Placement, *reviews.ACTIONS, *arrival.PLACEMENT_ACTIONS, *runaways.PLACEMENT_ACTIONS)
register_parts(Sollicitation, *grid.REQUEST_PARTS, *proposals_blocks.REQUEST_PARTS, *shelter.PARTS)
register_parts(
    Case,
    case_part(has_grid=grid.has_grid),
    *proposals_blocks.CASE_PARTS,
    *stays_blocks.CASE_PARTS,
    *incidents_blocks.CASE_PARTS,
    *guard.CASE_PARTS,
    *arrival_blocks.CASE_PARTS,
    *circuit_blocks.CASE_PARTS,
)
register_parts(Orientation, *arrival_blocks.ORIENTATION_PARTS, *stays_blocks.ORIENTATION_PARTS)
register_parts(Placement, *incidents_blocks.PLACEMENT_PARTS)
scoped_register(SollicitationViewSet)
scoped_register(UnverifiedViewSet)
scoped_register(CasesGroup)
scoped_register(IncidentViewSet)
scoped_register(VoiceViewSet)
scoped_register(CircuitTemplateViewSet)


@hooks.register("register_admin_urls")
def page_urls() -> list[URLPattern]:
    return [
        path("astreinte/", board_page, name="havre_board"),
        path("astreinte/appel/", call_page, name="havre_call"),
        path("astreinte/incident/", phone_page, name="havre_incident_call"),
        path("apprendre-des-incidents/", learning_page, name="havre_incident_learning"),
        path("apprendre-des-incidents/exercice/", drill_page, name="havre_incident_drill"),
        path("astreinte/papier/", paper_page, name="havre_paper"),
        path("veille/nuit/<uuid:pk>/", night.answers_fragment, name="havre_night_answers"),
        path("a-regulariser/", settling_page, name="havre_settling"),
        path("reglages/delais-des-incidents/", targets_page, name="havre_severity_targets"),
        path("reglages/recherche-de-lieu/", rules_page, name="havre_matching_rules"),
        path("reglages/grille-de-reperage/", grid_settings_page, name="havre_grid"),
        path("reglages/grille-de-reperage/nouvelle/", grid_new_page, name="havre_grid_new"),
        path("reglages/grille-de-reperage/<int:number>/", grid_settings_page, name="havre_grid_version"),
    ]


class ManagersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return scope.current().sees_all_cases()


@hooks.register("register_admin_menu_item")
def board_entry() -> ManagersMenuItem:
    return ManagersMenuItem(BOARD, reverse_lazy("havre_board"), name="astreinte", icon_name="time", order=105)


@hooks.register("register_admin_menu_item")
def settling_entry() -> ManagersMenuItem:
    url = reverse_lazy("havre_settling")
    return ManagersMenuItem(SETTLING, url, name="a-regulariser", icon_name="warning", order=107)


@hooks.register("register_admin_menu_item")
def learning_entry() -> ManagersMenuItem:
    url = reverse_lazy("havre_incident_learning")
    return ManagersMenuItem(LEARNING, url, name="incidents-apprendre", icon_name="list-ul", order=141)


@hooks.register("register_havre_settings_menu_item")
def rules_entry() -> ManagersMenuItem:
    url = reverse_lazy("havre_matching_rules")
    return ManagersMenuItem("Recherche de lieu", url, name="recherche-de-lieu", icon_name="search", order=30)


@hooks.register("register_havre_settings_menu_item")
def targets_entry() -> ManagersMenuItem:
    url = reverse_lazy("havre_severity_targets")
    return ManagersMenuItem(TARGETS, url, name="delais-des-incidents", icon_name="time", order=33)


@hooks.register("register_havre_settings_menu_item")
def grid_entry() -> ManagersMenuItem:
    return ManagersMenuItem(GRID, reverse_lazy("havre_grid"), name="grille-de-reperage", icon_name="list-ul", order=31)


@hooks.register("register_havre_settings_menu_item")
def templates_entry() -> ManagersMenuItem:
    url = reverse_lazy("cases_circuittemplate:list")
    return ManagersMenuItem("Modèles de circuit", url, name="modeles-de-circuit", icon_name="list-ul", order=32)


@hooks.register("register_admin_viewset")
def runaway_delays_viewset() -> ViewSet:
    return RunawayDelayViewSet()


@hooks.register("register_admin_viewset")
def extra_fields_viewset() -> ViewSet:
    return ExtraFieldViewSet()
