"""The scan of what rings, and the upkeep of the queue: a job that a killed worker held is taken up again here."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from cms.notify.duty.services.scan import rings_scan
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.inbox.services.returns import refusals_follow

STALLED_AFTER_SECONDS = 30
"""A worker says every ten seconds that it lives; three silences mean that it is dead."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="jobs_retry_stalled", pass_context=True)
async def jobs_retry_stalled(
    context: JobContext, timestamp: int, after_seconds: float = STALLED_AFTER_SECONDS
) -> None:
    """Give back to the queue what dead workers held. Handlers are idempotent: a job may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=after_seconds):
        await manager.retry_job(job, retry_at=timezone.now())


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="jobs_clean", pass_context=True)
async def jobs_clean(context: JobContext, timestamp: int) -> None:
    """Each night, forget jobs finished for a week; failed ones stay until somebody looks at them."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rings")
def rings(timestamp: int) -> None:
    """Each minute, and as soon as something rings: who must be called now is worked out from what is written."""
    rings_scan()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notifications")
def notifications(timestamp: int) -> None:
    """Each minute, and as soon as something is owed: what must leave now is worked out from what is written."""
    notifications_send()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="refusals")
def refusals(timestamp: int) -> None:
    """Every ten minutes: the coordination is told which addresses no longer receive anything."""
    refusals_follow()
