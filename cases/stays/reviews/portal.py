"""The reviews of a stay, written by the structure."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM
from cases.common.portal.pages import form_page, posted
from cases.stays.models import Placement
from cases.stays.reviews.enums import Milestone
from cases.stays.reviews.forms import ReviewForm
from cases.stays.reviews.models import StayReview
from cases.stays.reviews.rules import asked_from, due_on
from cases.stays.reviews.services import ReviewAnswers, review_write
from cases.stays.reviews.words import review_items
from cases.stays.selectors import placement_get, reference_of_stay
from cms.journal.services import journal_read
from cms.users.requests import UserRequest
from cms.wall import scope


def stay_review(request: UserRequest, pk: uuid.UUID, milestone: int) -> HttpResponse:
    """Show the form of a review, or the review once it is written."""
    stay = placement_get(pk=pk, action="cases.review.read")
    if stay.partner_id not in scope.current().partners_as(*TEAM) or milestone not in Milestone.values:
        raise Http404
    wanted = Milestone(milestone)
    opens_on = asked_from(stay, wanted)
    back = reverse("cases:stay", args=[stay.pk])
    context = {"stay": stay, "title": wanted.label.capitalize(), "back": back}
    written = _written(stay, wanted)
    if written:
        journal_read("placement", stay.pk)
        return render(request, "cases/stays/reviews/review.html", context | {"items": review_items(written)})
    if stay.confirmed_at is None or opens_on is None or opens_on > timezone.localdate():
        raise Http404
    form = ReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            review_write(placement=stay, milestone=wanted, answers=ReviewAnswers(**form.arguments()), by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Le bilan est envoyé. Merci.")
            return redirect(back)
    context |= {"form": form, "due_on": due_on(stay, wanted), "reference": reference_of_stay(placement=stay)}
    return form_page(request, "cases/stays/reviews/review_form.html", context)


def _written(stay: Placement, milestone: Milestone) -> StayReview | None:
    rows = stay.reviews.select_related("safety", "schooling", "adhesion", "next_goal")
    return rows.filter(milestone=milestone).first()
