from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cms.documents.content.services import PURGE, front_cache_purge
from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.units.services import reviews_follow
from cms.documents.versions.services.schedule import pages_publish_due, versions_publish_due

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)
"""After 4 seconds, then 16, 64… : what a cache keeps ends by itself in minutes."""


@app.task(name=PURGE, retry=AGAIN)
def purge() -> None:
    """Have the cache in front forget what is public: something of it moved."""
    front_cache_purge()


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
