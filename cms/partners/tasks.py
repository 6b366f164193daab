from django.utils import timezone
from procrastinate.contrib.django import app

from cms.partners.conventions.pipeline.services import conventions_expire, terms_follow


@app.periodic(cron="40 5 * * *")
@app.task(queueing_lock="partners_morning")
def morning(timestamp: int) -> None:
    """Each morning: conventions past their last day are « échues »; those that come to it are told."""
    today = timezone.localdate()
    conventions_expire(on=today)
    terms_follow(on=today)
