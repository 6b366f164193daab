"""What every page of the chain needs."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from cases.common.policies import DECLARES
from cases.incidents.models.declared import Incident
from cms.sessions.drafts import draft_offered, keeps_drafts
from cms.users.roles import Role
from cms.values.selectors import values_of
from cms.wall import scope

PER_PAGE = 25


def only(*roles: Role) -> None:
    """A page that a role has nothing to do on does not exist for it. Called after the fetch, which keeps refusals."""
    if not scope.current().has_role(*roles):
        raise Http404


def for_who_declares(incident: Incident) -> None:
    """A declaration is followed by those who may declare, and by whoever declared it from outside."""
    if not (incident.is_from_outside and incident.declared_by_id == scope.current().user_id):
        only(*DECLARES)


def posted(request):
    """Data of a form: an empty sending is an error to show, not a form to begin."""
    return request.POST if request.method == "POST" else None


def form_page(request, template: str, context: dict) -> HttpResponse:
    """A page with its form, and what was kept of it; 422 once the form carries errors."""
    form = context["form"]
    if keeps_drafts(request.path):
        context = context | {"draft": draft_offered(request)}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def frame_warning() -> str:
    """What to know of the 72 hours frame before counting on it: the coordination words it, in the list of frames."""
    frame = values_of("cadre_juridique").filter(pk="cadre_juridique:REC-72H").first()
    return frame.extra.get("warning", "") if frame else ""


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
