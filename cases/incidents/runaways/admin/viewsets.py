"""« Délais de fugue »: what the protocol of each département asks, in the menu of settings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cases.common.admin.views import data_of
from cases.incidents.runaways.forms import DelayForm
from cases.incidents.runaways.models import RunawayDelay
from cases.incidents.runaways.selectors import delay_impact, length
from cases.incidents.runaways.services import runaway_delay_set
from cms.kit.blocks import Cell, Listing
from cms.kit.pages import action_page
from cms.navigation.menu import RoleMenuItem
from cms.territory.models import Territory
from cms.users.requests import UserRequest
from cms.wall import scope

TITLE = "Délais de fugue"


def _manages() -> bool:
    return scope.current().sees_all_cases()


def delays_page(request: HttpRequest) -> HttpResponse:
    if not _manages():
        raise Http404
    known = RunawayDelay.objects.in_bulk()
    rows = []
    for territory in Territory.objects.order_by("code"):
        row = known.get(territory.pk)
        cells = (
            (length(row.day_minutes), length(row.night_minutes), row.protocol) if row else ("aussitôt", "aussitôt", "")
        )
        rows.append((Cell(territory, reverse("havre_runaways:edit", args=[territory.pk])), *cells))
    listing = Listing(TITLE, ("Département", "Le jour", "La nuit", "Protocole"), rows, "Aucun département.")
    context = {
        "listing": listing,
        "versions_url": reverse("havre_config:versions", args=["runaways"]),
        "header_title": TITLE,
        "page_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": TITLE},
        ],
    }
    return TemplateResponse(request, "cases/incidents/runaways/admin/delays.html", context)


def delay_page(request: UserRequest, code: str) -> HttpResponse:
    if not _manages():
        raise Http404
    territory = get_object_or_404(Territory, pk=code)
    row = RunawayDelay.objects.filter(pk=code).first() or RunawayDelay(day_minutes=0, night_minutes=0)
    initial = {"day_minutes": row.day_minutes, "night_minutes": row.night_minutes, "protocol": row.protocol}
    return action_page(
        request,
        form=DelayForm(data_of(request), initial=initial),
        run=lambda cleaned: runaway_delay_set(territory=territory, by=request.user, **cleaned),
        title=str(territory),
        subtitle=TITLE,
        intro="Le délai court du moment où l’équipe constate l’absence. Sans protocole connu, c’est aussitôt.",
        done="Le délai est en vigueur pour les déclarations à venir et celles en cours.",
        back_url=reverse("havre_runaways:index"),
        submit_label="Mettre en vigueur",
        impact=lambda cleaned: delay_impact(code, cleaned["day_minutes"], cleaned["night_minutes"]),
    )


class RunawayDelayViewSet(ViewSet):
    name = "havre_runaways"
    url_prefix = "reglages/fugues"
    icon = "time"
    menu_label = TITLE
    menu_order = 45
    menu_hook = "register_havre_settings_menu_item"

    def get_menu_item(self, order: int | None = None) -> RoleMenuItem:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_runaways:index"),
            name="fugues",
            icon_name=self.icon,
            order=self.menu_order,
            shown=lambda request: _manages(),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", delays_page, name="index"), path("<str:code>/", delay_page, name="edit")]
