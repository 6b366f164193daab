"""The plan of a year: read by the network once published, written by the coordination."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.users.requests import UserRequest
from formation.common.policies import runs_all_sessions
from formation.common.portal import confirm_page, form_page, posted
from formation.year_plan.forms import YearPlanForm, YearPlanLineForm, quarter_of
from formation.year_plan.models import YearPlan
from formation.year_plan.selectors import FEWEST, plan_get, plan_progress, plan_write_get, plans_read
from formation.year_plan.services import year_plan_line_set, year_plan_publish, year_plan_write


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plan of this year, else the latest, and the years that the reader may open."""
    readable = list(plans_read())
    this_year = timezone.localdate().year
    shown = next((plan for plan in readable if plan.year <= this_year), readable[0] if readable else None)
    return _page(request, shown, readable)


@require_GET
def plan(request: HttpRequest, year: int) -> HttpResponse:
    return _page(request, plan_get(year), list(plans_read()))


def _page(request: HttpRequest, shown: YearPlan | None, readable: list[YearPlan]) -> HttpResponse:
    may_write = runs_all_sessions()
    context = {
        "done": plan_progress(shown) if shown else None,
        "plans": readable,
        "may_write": may_write,
        # The coordination reads exact numbers; others read « moins de 5 » below this one.
        "fewest": 0 if may_write else FEWEST,
        "strategy": version_in_force(DocumentKind.TRAINING_STRATEGY),
    }
    return render(request, "formation/year_plan/plan.html", context)


def write(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Open the plan of a year, or change its aims."""
    if not runs_all_sessions():
        raise Http404
    row = plan_write_get(year) if year else None
    form = YearPlanForm(posted(request), initial={"year": row.year, "aims": row.aims} if row else None)
    if row:
        form.fields["year"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            plan = year_plan_write(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Le plan {plan.year} est enregistré.")
            return redirect("formation:year-plan", plan.year)
    return form_page(request, "formation/year_plan/write.html", {"form": form, "plan": row})


def line(request: HttpRequest, year: int) -> HttpResponse:
    """Add a line, or change the numbers of one."""
    row = plan_write_get(year)
    initial = {"quarter": quarter_of(timezone.localdate())} | {key: request.GET[key] for key in request.GET}
    form = YearPlanLineForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                year_plan_line_set(plan=row, **form.line())
        except ValidationError as error:
            form.add_error(None, error if _fits(error, form) else error.messages)
        else:
            messages.success(request, "La ligne est enregistrée.")
            return redirect("formation:year-plan", row.year)
    return form_page(request, "formation/year_plan/line.html", {"form": form, "plan": row})


def _fits(error: ValidationError, form: YearPlanLineForm) -> bool:
    return hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)


def publish(request: UserRequest, year: int) -> HttpResponse:
    row = plan_write_get(year)
    question = {
        "title": f"Publier le plan {row.year}",
        "text": "Les partenaires et l’État le liront avec ce qui est réalisé, sans aucun nom, et l’indicateur 7 le "
        "mesurera. Vous pourrez encore changer ses lignes.",
        "submit_label": "Publier le plan",
        "cancel_url": reverse("formation:year-plan", args=[row.year]),
        "cancel_label": "Revenir au plan",
    }
    return confirm_page(request, lambda: year_plan_publish(plan=row, by=request.user), question, "Le plan est publié.")
