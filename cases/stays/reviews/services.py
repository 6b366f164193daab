"""Reviews of a stay at its milestones and at its end; what is known six months later."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.policies import TEAM
from cases.common.services import NOT_OPEN, lock, manager_only, manages, past_day, row_change, row_create
from cases.notices.services import transition_done, transition_follow
from cases.stays.models import Placement
from cases.stays.reviews.enums import Milestone
from cases.stays.reviews.models import AfterStay, StayReview
from cases.stays.reviews.rules import asked_from
from cases.stays.reviews.selectors import after_stays_asked
from cms.users.models import User
from cms.wall import scope

ANSWERS = ("safety_id", "needs_care", "schooling_id", "adhesion_id", "next_goal_id")


@dataclass(frozen=True)
class ReviewAnswers:
    """Coded answers of a review, and words for what they cannot say."""

    safety_id: str
    needs_care: bool
    schooling_id: str
    adhesion_id: str
    next_goal_id: str
    words: str = ""


@transaction.atomic
def review_write(
    *,
    placement: Placement,
    milestone: Milestone,
    answers: ReviewAnswers,
    by: User,
    written_on: dt.date | None = None,
) -> StayReview:
    """Write the review of a milestone, once, by the structure or by the coordination on the telephone."""
    if not manages() and placement.partner_id not in scope.current().partners_as(*TEAM):
        raise ValidationError(NOT_OPEN, code="scope")
    day = past_day("written_on", written_on or timezone.localdate())
    if placement.confirmed_at is None:
        raise ValidationError("L’arrivée n’est pas encore confirmée.")
    opens_on = asked_from(placement, milestone)
    if opens_on is None:
        raise ValidationError("Le bilan de sortie se fait à la fin du séjour.")
    if day < opens_on:
        raise ValidationError({"written_on": f"Ce bilan se fait à partir du {opens_on:%d/%m/%Y}."})
    review = StayReview(
        placement=placement,
        milestone=milestone,
        safety_id=answers.safety_id,
        needs_care=answers.needs_care,
        schooling_id=answers.schooling_id,
        adhesion_id=answers.adhesion_id,
        next_goal_id=answers.next_goal_id,
        words=answers.words,
        written_on=day,
        written_by=by,
    )
    row_create(
        review,
        kind="placement",
        action="cases.review.write",
        coded=("milestone", "written_on", *ANSWERS),
        sealed=("words",) if answers.words else (),
        object_id=placement.pk,
    )
    return review


@transaction.atomic
def after_stay_note(
    *, placement: Placement, exploitation_id: str, by: User, words: str = "", known_on: dt.date | None = None
) -> AfterStay:
    """Note what is known of a new exploitation after a stay; what is learnt later replaces it."""
    manager_only()
    lock(placement)
    if placement.ended_on is None:
        raise ValidationError("Ce séjour n’est pas terminé.")
    day = past_day("known_on", known_on or timezone.localdate())
    if day < placement.ended_on:
        raise ValidationError({"known_on": "Cette date précède la fin du séjour."})
    values = {"exploitation_id": exploitation_id, "known_on": day, "words": words, "noted_by_id": by.pk}
    line: dict[str, Any] = {"kind": "placement", "action": "cases.after_stay.note", "object_id": placement.pk}
    line["sealed"] = ("words",)
    row = AfterStay.objects.filter(placement=placement).first()
    if row is None:
        row = AfterStay(placement=placement, **values)
        row_create(row, coded=("exploitation_id", "known_on"), **line)
    else:
        row_change(row, values, **line)
    transition_done("six_months", object_id=placement.pk)
    return row


def after_stays_follow() -> None:
    """Tell the coordination, each morning, of the stays that ended six months ago and of which nothing is known."""
    with scope.acting(scope.FIGURES):
        ids = list(after_stays_asked().values_list("pk", flat=True))
    transition_follow("six_months", ids)
