"""« Aide »: the guide of the screen that one comes from, and everything else that helps."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.documents.guides.rules import SHORTCUTS, topic_of
from cms.documents.guides.selectors import first_steps, guide_get, guides_for_me, guides_readable, is_of_network
from cms.wall import scope


@require_GET
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """Lead to the guide of a screen (`de`), or list the guides, the first steps and the keys."""
    topic = topic_of(request.GET.get("de", "")[:100])
    is_for_me = topic is not None and (not topic.is_own or scope.current().has_role(*topic.roles))
    if topic and is_for_me and any(page.slug == topic.slug for page in guides_readable()):
        return redirect("portal:guide", topic.name)
    mine, others = guides_for_me()
    is_known = request.user.is_authenticated
    context = {
        "mine": mine,
        "others": others,
        "steps": first_steps() if is_known else [],
        "shortcuts": [key for key in SHORTCUTS if is_known and (is_of_network() or not key.is_admin)],
    }
    return render(request, "documents/guides/help.html", context)


@require_GET
@login_not_required
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "documents/guides/guide.html", {"guide": guide_get(f"aide-{name}")})
