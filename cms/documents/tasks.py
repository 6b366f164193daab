from django.utils import timezone
from procrastinate.contrib.django import app

from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.units.services import reviews_follow
from cms.documents.versions.services.schedule import pages_publish_due, versions_publish_due


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="signatures_follow")
def remind(timestamp: int) -> None:
    """Each morning: tell who signs that a version awaits, who meets a unit that a review comes, or is late."""
    signatures_follow(timezone.localdate())
    reviews_follow(timezone.localdate())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="publish_due")
def publish_due(timestamp: int) -> None:
    """Every five minutes: pages whose moment has come, then versions whose day has."""
    pages_publish_due(timezone.now())
    versions_publish_due(timezone.localdate())
