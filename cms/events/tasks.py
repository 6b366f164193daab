from procrastinate.contrib.django import app

from cms.events.feed.services import events_forget
from cms.events.webhooks.services.deliveries import deliveries_forget, webhooks_send
from cms.wall import scope


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="webhooks")
def webhooks(timestamp: int) -> None:
    """Each minute: what must be told now is worked out from what is written."""
    webhooks_send()


@app.periodic(cron="52 3 * * *")
@app.task(queueing_lock="events_forget")
def forget(timestamp: int) -> None:
    """Each night: forget events, and what was told of them, once too old."""
    with scope.acting(scope.EVENTS):
        deliveries_forget()
        events_forget()
