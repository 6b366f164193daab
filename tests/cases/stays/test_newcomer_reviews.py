"""A structure that enters the book with minors already there owes no review of the months before."""

from django.utils import timezone

from cases.home.selectors import REVIEW, structure_tasks
from cases.stays.reviews.selectors import reviews_late
from cases.stays.services import placement_confirm
from cms.partners.book.services import partner_change
from tests.cases.steps import days_ago, open_case, partner, place, settle

HOUSE = "Les Tilleuls"


def test_no_review_is_late_from_before_the_entry_in_the_book(cast, acting_as):
    with acting_as("coordination"):
        stay = place(cast, open_case(cast, received_at=days_ago(130))[1], arrived_at=days_ago(100))
        settle()
    with acting_as("director_a"):
        placement_confirm(placement=stay, by=cast["director_a"])
        assert [task.pk for task in structure_tasks() if task.kind == REVIEW].count(stay.pk) == 3
    with acting_as("coordination"):
        assert len([due for due in reviews_late() if due.placement == stay]) == 3
        partner_change(partner=partner(HOUSE), opened_on=timezone.localdate())
        assert not [due for due in reviews_late() if due.placement == stay]
    with acting_as("director_a"):
        assert stay.pk not in [task.pk for task in structure_tasks() if task.kind == REVIEW]
