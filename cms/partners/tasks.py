from django.utils import timezone
from procrastinate.contrib.django import app

from cms.partners.services.pipeline import conventions_expire, renewals_remind


@app.periodic(cron="40 5 * * *")
@app.task(queueing_lock="partners_morning")
def morning(timestamp: int) -> None:
    """Each morning: conventions past their last day are « échues », and those that come to it are told."""
    today = timezone.localdate()
    conventions_expire(on=today)
    renewals_remind(on=today)
