"""Home and account. Each app brings its own panels and entries of navigation."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from cms.access import scope
from cms.partners.models import Membership
from cms.access.panels import panels_for_current


@login_not_required
def home(request):
    """What waits for me, first; the public page for whoever is not signed in."""
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html")
    return render(request, "portal/home.html", {"panels": panels_for_current()})


def account(request):
    """My account, my roles, and until when I hold them."""
    memberships = Membership.objects.filter(user=request.user).select_related("partner").order_by("-starts_on")
    return render(
        request, "portal/account.html", {"memberships": memberships, "roles": sorted(scope.current().roles)}
    )
