"""The log of support given to teams and to people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.users.requests import UserRequest
from formation.common.policies import can_plan
from formation.common.portal import PAGE, form_page, posted
from formation.support.forms import SupportForm
from formation.support.selectors import support_acts
from formation.support.services import support_act_record


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    page = Paginator(support_acts(), PAGE).get_page(request.GET.get("page"))
    return render(request, "formation/support/support.html", {"page": page})


def add(request: UserRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    form = SupportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            support_act_record(
                kind_id=data["kind"].pk,
                happened_on=data["happened_on"],
                partner=data.get("partner"),
                professional=data["professional"],
                head_count=data["head_count"],
                by=request.user,
            )
        except ValidationError as error:
            known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
            form.add_error(None, error if known else error.messages)
        else:
            messages.success(request, "L’accompagnement est noté.")
            return redirect("formation:support")
    return form_page(request, "formation/support/support_add.html", {"form": form})
