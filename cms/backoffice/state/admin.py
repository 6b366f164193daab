"""« État du service »: what runs, what protects, and what to do about what does not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cms.configuration.admin.viewsets import HOME
from cms.operations.state import state_read
from cms.users.roles import Role
from cms.wall import scope

TITLE = "État du service"


def watches_service(request: HttpRequest) -> bool:
    return scope.current().has_role(Role.TECH_ADMIN, Role.COORDINATION, Role.DIRECTION)


def state_page(request: HttpRequest) -> HttpResponse:
    """Show every probe, what is not well first. Numbers and ages: nothing of a person, of a place or of a file."""
    if not watches_service(request):
        raise Http404
    found = sorted(state_read(), key=lambda pair: (pair[1].is_well, not pair[0].stops_work))
    context = {
        "found": found,
        "unwell": [(probe, reading) for probe, reading in found if not reading.is_well],
        "at": timezone.now(),
        "header_title": TITLE,
        "page_title": TITLE,
        "header_icon": "cogs",
        "breadcrumbs_items": [HOME, {"url": "", "label": TITLE}],
    }
    return TemplateResponse(request, "backoffice/state.html", context)


class StateViewSet(ViewSet):
    name = "havre_state"
    url_prefix = "etat"
    icon = "cogs"
    menu_label = TITLE

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", state_page, name="index")]
