"""The inbox in the portal, and how I want to be told."""

import uuid
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cms.notify.inbox.forms import ChoicesForm
from cms.notify.inbox.selectors import choices_mine, inbox, obligation_get
from cms.notify.inbox.services.obligations import (
    notification_choose,
    notification_close,
    notification_open,
    notifications_read,
)
from cms.users.models import User


@require_safe
def inbox_list(request: HttpRequest) -> HttpResponse:
    return render(request, "notify/inbox.html", {"inbox": inbox()})


@require_safe
def inbox_open(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the link of a message: behind sign-in, so that a scanner of mails opens nothing."""
    row, spec = obligation_get(pk=pk)
    notification_open(obligation=row)
    if spec.is_information:
        notification_close(kind=row.kind, object_id=row.object_id, person_id=row.person_id, partner_id=row.partner_id)
    return redirect(spec.url(row.object_id))


@require_POST
def inbox_read(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row, _ = obligation_get(pk=pk)
    notifications_read(by=cast(User, request.user), pk=row.pk)
    return back(request)


@require_POST
def inbox_read_all(request: HttpRequest) -> HttpResponse:
    notifications_read(by=cast(User, request.user))
    messages.success(request, "Tout est marqué comme lu. Ce qui attend une action reste dans la liste.")
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the inbox that the button stood on: the portal's, or the admin's."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    # Not `redirect`, which would look for a page of that name when the target is no address.
    return HttpResponseRedirect(target if is_ours else reverse("inbox:list"))


def inbox_choices(request: HttpRequest) -> HttpResponse:
    choices = choices_mine()
    form = ChoicesForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        notification_choose(by=cast(User, request.user), timings=form.timings())
        messages.success(request, "C’est enregistré.")
        return redirect("inbox:list")
    locked = [spec.label for spec, _ in choices if spec.is_urgent]
    status = 422 if form.is_bound else 200
    return render(request, "notify/choices.html", {"form": form, "locked": locked}, status=status)
