from django.utils import timezone
from procrastinate.contrib.django import app

from cms.documents.services import signatures_remind


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="signatures_remind")
def remind(timestamp: int) -> None:
    """Each morning: tell who signs that a version awaits, before the delay ends and once it is over."""
    signatures_remind(timezone.localdate())
