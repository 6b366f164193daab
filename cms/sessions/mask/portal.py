"""The neutral page that « Masquer l’écran » leads to: nothing in it says whose screen this is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.sessions.mask.services import session_mask, session_unmask, takes_password

ADDRESS = "portal:neutral"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def neutral(request: HttpRequest) -> HttpResponse:
    """Show the neutral page to anybody. A code typed there opens the session again, at the home page."""
    said = request.POST.get("q", "").strip()
    if request.method == "POST" and session_unmask(request, said):
        return redirect("portal:home")
    context = {"said": said, "takes_password": takes_password(request)}
    return render(request, "sessions/mask/neutral.html", context)


@require_http_methods(["POST"])
def mask(request: HttpRequest) -> HttpResponse:
    """Mask this session: the pages behind lead to the neutral one, from the history too."""
    session_mask(request)
    response = redirect(ADDRESS)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
