from django.utils import timezone
from procrastinate.contrib.django import app

from cms.accounts.services.people import dormant_follow
from cms.accounts.services.reviews import review_remind
from cms.accounts.services.rights import decisions_lapse


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="accounts_night")
def night(timestamp: int) -> None:
    """Each night: close what nobody decided, warn and suspend accounts that nobody uses."""
    decisions_lapse()
    dormant_follow()


@app.periodic(cron="0 7 1,23 1,4,7,10 *")
@app.task(queueing_lock="accounts_review")
def review(timestamp: int) -> None:
    """On the first day of the quarter and a week before the end of the review: tell directors who have not done it."""
    review_remind(timezone.localdate())
