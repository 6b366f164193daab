"""« Mes connexions », the clock of the page, and what is typed before it is sent."""

import uuid
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from cms.sessions import drafts
from cms.sessions.middleware.sign_in import ConnexionRequest
from cms.sessions.models import SignIn
from cms.sessions.services import ConnexionState, current_key, session_end, sessions_end, sessions_live
from cms.users.requests import UserRequest

TOO_LARGE = 413


@require_GET
def sessions(request: UserRequest) -> HttpResponse:
    """Every browser where my account is open."""
    rows = list(sessions_live(user=request.user))
    context = {"rows": rows, "here": current_key(request), "has_others": len(rows) > 1}
    return render(request, "portal/sessions.html", context)


@require_POST
def session_close(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """End one of my other connexions; « Se déconnecter » ends this one."""
    row = get_object_or_404(SignIn, pk=pk)
    if str(row.pk) == current_key(request):
        raise Http404
    session_end(sign_in=row)
    messages.success(request, f"La connexion ouverte avec {row.device} est terminée.")
    return redirect("portal:sessions")


@require_POST
def sessions_close(request: UserRequest) -> HttpResponse:
    count = sessions_end(user=request.user, except_key=current_key(request))
    messages.success(
        request,
        "Vos autres connexions sont terminées." if count else "Vous n’aviez pas d’autre connexion ouverte.",
    )
    return redirect("portal:sessions")


@require_GET
def session_clock(request: ConnexionRequest) -> JsonResponse:
    """How long is left. Asked by the page itself: it prolongs nothing."""
    return _clock(request)


@require_POST
def session_stay(request: ConnexionRequest) -> JsonResponse:
    """« Rester connecté »: a request of the person, which is all it takes."""
    return _clock(request)


def _clock(request: ConnexionRequest) -> JsonResponse:
    state = cast(ConnexionState, request.connexion)
    return JsonResponse({"left": state.seconds_left(), "is_final": state.is_final})


@require_POST
def draft_save(request: UserRequest) -> HttpResponse:
    """Keep what the script sends while somebody types."""
    address = request.POST.get("draft_address", "")
    if not drafts.keeps_drafts(address):
        raise Http404
    is_kept = drafts.draft_save(user=request.user, address=address, fields=drafts.draft_fields(request.POST))
    return HttpResponse(status=204 if is_kept else TOO_LARGE)


@require_POST
def draft_drop(request: UserRequest) -> HttpResponse:
    address = request.POST.get("draft_address", "")
    if not drafts.keeps_drafts(address) or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404
    drafts.draft_drop(user=request.user, address=address)
    messages.success(request, "La saisie gardée est effacée.")
    return redirect(address)
