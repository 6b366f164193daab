from django.utils import timezone
from procrastinate.contrib.django import app

from cms.documents.services import reviews_remind, signatures_follow


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="signatures_follow")
def remind(timestamp: int) -> None:
    """Each morning: tell who signs that a version awaits, who meets a unit that a review comes, or is late."""
    signatures_follow(timezone.localdate())
    reviews_remind(timezone.localdate())
