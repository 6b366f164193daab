"""Displays: opened and closed by somebody signed in, shown to whoever holds the address."""

import uuid
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.journal.services import refusal_queue
from cms.kit.addresses import address_of
from cms.sessions import displays
from cms.sessions.models import DisplayToken
from cms.sessions.step_up import fresh_factor
from cms.users.requests import UserRequest

WRONG_CODE = "Ce code n’ouvre rien. Relisez-le : six signes, il sert une fois, pendant quinze minutes."
MANY_WRONG = "Trop de codes faux depuis cette connexion. Attendez cinq minutes."


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def display_code(request: HttpRequest) -> HttpResponse:
    """Take the six signs that open a display, on the computer of the projector: nobody signs in there."""
    client = str(get_adapter().get_client_ip(request))
    error = MANY_WRONG if displays.codes_refused(client) else ""
    if request.method == "POST" and not error:
        if token := displays.code_spend(request.POST.get("code", "")):
            return redirect("portal:display", token)
        displays.code_wrong(client)
        error = WRONG_CODE
    return render(request, "portal/display_code.html", {"error": error}, status=422 if error else 200)


@require_GET
@login_not_required
def display(request: HttpRequest, token: str) -> HttpResponse:
    """Show the view, alone: no account, no navigation, nothing read of the session of the browser."""
    row = displays.display_find(token)
    shown = displays.display_read(row) if row else None
    if row is None or shown is None:
        if row:
            refusal_queue("display", row.pk, "auth.display.refused")
        return _answer("portal/display_over.html", {}, status=404)
    view = cast(displays.DisplayView, displays.display_view(row.kind))
    # A view may ask to be shown again sooner: what it shows changes at an hour that it knows.
    return _answer(view.template, {"refresh_seconds": view.refresh_seconds} | shown | {"ends_at": row.ends_at})


def _answer(template: str, context: dict, *, status: int = 200) -> HttpResponse:
    # Without the request: no context processor reads who is signed in on this computer.
    page = render_to_string(template, context | {"is_fictitious": settings.HAVRE_FICTITIOUS})
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    if seconds := context.get("refresh_seconds"):
        # A screen on a wall has nobody to reload it; in a header, where no reader of a page is interrupted by it.
        headers["Refresh"] = str(seconds)
    return HttpResponse(page, status=status, headers=headers)


@require_GET
def display_list(request: HttpRequest) -> HttpResponse:
    rows = [(row, displays.display_view(row.kind)) for row in displays.displays_live()]
    context = {"rows": [(row, view) for row, view in rows if view], "views": displays.views_without_object()}
    return render(request, "portal/displays.html", context)


@require_http_methods(["GET", "POST"])
@fresh_factor
def display_open(request: UserRequest, kind: str, object_id: uuid.UUID | None = None) -> HttpResponse:
    """Say what will be shown and until when; then give the address, once."""
    view = displays.display_view_to_open(kind, object_id)
    if request.method != "POST":
        return render(request, "portal/display_open.html", {"view": view})
    row, token = displays.display_open(kind=kind, object_id=object_id, opened_by=request.user)
    code = displays.code_draw(token)
    context = {
        "view": view,
        "row": row,
        "address": address_of("portal:display", token),
        "typing": address_of("portal:display_code").partition("://")[2].rstrip("/"),
        "code": f"{code[:3]} {code[3:]}",
        "minutes": displays.CODE_MINUTES,
    }
    return render(request, "portal/display_opened.html", context)


@require_POST
def display_close(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    displays.display_close(display=get_object_or_404(DisplayToken, pk=pk))
    messages.success(request, "L’affichage est fermé : son adresse ne montre plus rien.")
    return redirect("portal:displays")
