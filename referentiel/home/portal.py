"""Self-assessments and visits of the structures that one belongs to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cms.partners.models import Partner
from cms.users.requests import UserRequest
from referentiel.assessments.models import Campaign
from referentiel.assessments.selectors import assessments_of, campaign_today
from referentiel.assessments.services import assessment_start
from referentiel.reading.selectors import own_structures
from referentiel.visits.selectors.visits import visits_sent


def assessments(request: UserRequest) -> HttpResponse:
    """Show the self-assessments of one's structures, and the campaign in which to begin one."""
    structures = own_structures()
    if not structures:
        raise Http404
    campaign = campaign_today()
    if request.method == "POST":
        return _start(request, campaign, structures)
    rows = list(assessments_of(structures))
    begun = {row.partner_id for row in rows if campaign and row.campaign_id == campaign.pk}
    to_begin = [partner for partner in structures if campaign and partner.pk not in begun]
    context = {"campaign": campaign, "rows": rows, "to_begin": to_begin, "visits": visits_sent(structures)}
    return render(request, "referentiel/home/assessments.html", context)


def _start(request: UserRequest, campaign: Campaign | None, structures: list[Partner]) -> HttpResponse:
    partner = next((row for row in structures if str(row.pk) == request.POST.get("partner")), None)
    if partner is None or campaign is None:
        raise Http404
    try:
        row = assessment_start(campaign=campaign, partner=partner, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("referentiel:assessments")
    return redirect("referentiel:assessment", row.pk)
