"""« À corriger », in the back office."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.users.requests import UserRequest
from dashboards.consistency.selectors import consistency_board
from dashboards.policies import VIEW


@require_GET
def board(request: UserRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise Http404
    results = consistency_board(timezone.localdate())
    context = {
        "header_title": "À corriger",
        "header_icon": "warning",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse("dashboards_figures"), "label": "Chiffres"},
            {"url": "", "label": "À corriger"},
        ],
        "found": results,
        "total": sum(item.count for item in results),
    }
    return render(request, "dashboards/consistency/consistency.html", context)
